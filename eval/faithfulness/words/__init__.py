"""How well the evidence bears out each word of an English statement: features, and a small trained model."""
