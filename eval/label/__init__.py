"""A small local page on which people label statements, blind to the judge and to each other."""
