"""The part of security that speaks HTTP."""
