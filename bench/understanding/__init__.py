"""What `guide.understand` reads from an utterance, scored against written cases (docs/design/understanding.md)."""
