"""Rasa's training data, handled as often but not copied, hashed and compared each time.

We train everything anew, with the cache off (engine/model.py). Still Rasa hashes all training
data before and after each component, for that cache, and copies all of it, message by message,
whenever two parts of it are put together: a quarter of a training's computing time.
"""

from __future__ import annotations

from uuid import uuid4

from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


def replace() -> None:
    """Makes Rasa handle it that way."""
    TrainingData.fingerprint = _never_seen_before
    TrainingData.merge = _merged
    Message.__hash__ = _hash


def _never_seen_before(_data: TrainingData) -> str:
    """Each state of the data counts as a new one."""
    return uuid4().hex


def _merged(data: TrainingData, *others: TrainingData | None) -> TrainingData:
    """All parts in one, with the very messages of the parts: none is used apart from the whole."""
    parts = [data, *(other for other in others if other)]
    synonyms: dict[str, str] = {}
    responses: dict[str, list[dict[str, object]]] = {}
    for part in parts:
        synonyms.update(part.entity_synonyms)
        responses.update(part.responses)
    return TrainingData(
        [example for part in parts for example in part.training_examples],
        synonyms,
        [feature for part in parts for feature in part.regex_features],
        [table for part in parts for table in part.lookup_tables],
        responses,
    )


def _hash(message: Message) -> int:
    """Equal messages have the same text and intent; Rasa's own hash serialises all they have."""
    return hash((message.get(TEXT), message.get(INTENT)))
