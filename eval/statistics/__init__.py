"""How sure a figure is: estimates, clustered resampling, paired tests, and what a sample can tell at all.

Rows are one case's values (see `eval.metrics.model.Sample`); a cluster is the number of the topic a case belongs to.
"""
