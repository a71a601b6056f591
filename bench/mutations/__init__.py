"""Saved answers of the sample shop with one fault each, and harmless rewordings, to measure a checker of statements.

Written without a look at the checker. What is a fault is decided by the records alone; a person who reads the changed
answer beside the record agrees. The wordings are data, in sets: first/, held/ and third/ (shapes.py).
"""
