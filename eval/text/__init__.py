"""Reading text: folding, languages, numbers with units, prices. The harness's own, so that it can disagree."""
