"""The harness: cases in, scores and a verdict out. It speaks to a guide over HTTP only and shares no code with it."""
