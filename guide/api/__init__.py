"""HTTP routes, one controller a file; they translate and decide nothing."""
