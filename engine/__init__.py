"""What runs inside Rasa: understanding, the gateway's channel, the tracker store.

Python 3.10, in an environment of its own (docs/architecture.md says how it talks to the rest).
Nothing is imported here, so that `python -m engine.model` can decide without Rasa.
"""
