"""A language model's drafts of answers to product questions, made once; the verifier is then switched over them.

The questions are those of bench/pqa, 150 drawn by hash. A draft keeps the decision it was written from, so that
replaying it needs neither the model nor the shop, and a change of the verifier is seen on exactly the same words.
"""
