"""The commands of `guide-index`, one module a group."""
