"""The statement checker on sets that people labelled: trained on some of them, measured on all, each alone."""
