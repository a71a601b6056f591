"""Questions that refuse something, and some that only look so: `python -m bench.negation`."""
