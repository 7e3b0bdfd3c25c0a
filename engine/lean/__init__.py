"""What of Rasa we leave out or do more cheaply, where it has no setting for it.

Each module replaces one costly thing, and `versions` refuses any other Rasa than the one for
which that was written. `python -m engine.lean` is `python -m rasa` with all of them.
"""
