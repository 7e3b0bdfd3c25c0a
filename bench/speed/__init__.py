"""How fast the product is, side by side with stock Rasa on the same data (docs/performance.md)."""
