"""The heart: what a conversation is and what happens in it; knows neither Sanic, Redis nor Rasa."""
