"""Answers that are being given: each runs once, apart from whoever reads it, and can be read again from any place.

`runs.Runs` begins and finds them, `run.Run` is one, `transcript` and `recorder` keep what it says, `remote` reads one
that runs in another process. No HTTP here.
"""
