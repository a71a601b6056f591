"""The larger commands of `guide`, one module a group."""
