"""Cases out of a shop's records: the wordings are data, the gold is computed, no model has a hand in it."""
