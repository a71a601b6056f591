"""`faithfulness_offline`: each statement of an answer checked against the shop's records, without a model."""
