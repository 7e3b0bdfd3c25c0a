"""Rasa custom actions: they decide what a turn answers, with facts from the knowledge."""
