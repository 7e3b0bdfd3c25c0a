"""Proof that LINE's citizens are answered fast enough, and each exactly once."""
