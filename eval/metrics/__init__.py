"""Metrics: each a function from one judged case to a sample, and a statistic over the samples."""
