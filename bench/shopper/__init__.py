"""1,000 generated shopper questions whose answers are known from the shop's records: `python -m bench.shopper DATA`."""
