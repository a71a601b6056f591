"""report.html: one file that a person reads, offline, with everything in it."""
