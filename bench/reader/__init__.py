"""Training and measuring the reader: low-rank changes to the encoder that judge a question and a text read as one."""
