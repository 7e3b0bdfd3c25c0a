"""Rasa's training without fingerprints of its data, which only its cache needs.

We train everything anew, with the cache off (engine/model.py), yet Rasa hashes all training data
before and after each component: 12 % of a training's computing time.
"""

from __future__ import annotations

from uuid import uuid4

from rasa.shared.nlu.training_data.training_data import TrainingData


def replace() -> None:
    """Makes each state of the training data count as never seen before."""
    TrainingData.fingerprint = _never_seen_before


def _never_seen_before(_data: TrainingData) -> str:
    return uuid4().hex
