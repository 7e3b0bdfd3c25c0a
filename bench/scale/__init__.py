"""Benches for many citizens and more than one machine; docs/scaling.md has what came out."""
