"""The kinds of API that can be measured, each behind `eval.targets.model.Target`."""
