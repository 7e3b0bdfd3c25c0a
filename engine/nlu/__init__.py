"""Rasa graph components that understand a citizen's message."""
