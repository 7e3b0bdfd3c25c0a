"""What words mean: so that a word which no training line uses is taken like one that some do."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ja_ginza
import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import (
    TrainingData,  # noqa: TC002 - Rasa reads it at run time
)
from spacy.strings import get_string_id
from spacy.vectors import Vectors

from engine.fingerprint import component_hash
from engine.nlu.mentions import ASKED, MASKED, PIECES
from engine.nlu.tokenizer import WRITTEN

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

_NEIGHBOURS = 12
_NEAR = 0.45
"""Cosine from which on two meanings count as close."""
_AT_ONCE = 2_000
_NONE = -1
_WORDS_AT_HAND = 10_000
"""Words whose senses are not looked up again; most of what is said consists of few words."""
_FILE = "senses.npz"


class Senses:
    """The meaning of words, as numbers, and which of those in the training data are close to it.

    GiNZA's vectors give 480,000 words 20,000 meanings, of which words that mean nearly the same
    share one. Only what is needed of them is kept: 4 MB instead of 200.
    """

    def __init__(
        self, words: NDArray[np.uint64], meanings: NDArray[np.int16], near: NDArray[np.int16]
    ) -> None:
        """Takes a table.

        Args:
            words: The words' IDs in spaCy, in ascending order.
            meanings: The meaning of each.
            near: For each meaning those close to it that the training data knows, or -1; of
                shape (meanings, neighbours).
        """
        self._words, self._meanings, self._near = words, meanings, near
        self._senses = lru_cache(_WORDS_AT_HAND)(self._look_up)

    @classmethod
    def of(cls, known: Iterable[str]) -> Senses:
        """The table for a training vocabulary."""
        vectors = _ginza_vectors()
        ids = np.fromiter(vectors.key2row, np.uint64, len(vectors.key2row))
        rows = np.fromiter(vectors.key2row.values(), np.int16, len(vectors.key2row))
        order = np.argsort(ids)
        table = cls(ids[order], rows[order], np.empty((0, 0), np.int16))
        used = np.unique([found for found in map(table._meaning, known) if found is not None])
        near = _close(vectors.data, used.astype(np.int16))
        return cls(table._words, table._meanings, near)

    @classmethod
    def read(cls, file: Path) -> Senses:
        """The table that `write` wrote."""
        with np.load(file) as table:
            return cls(table["words"], table["meanings"], table["near"])

    def write(self, file: Path) -> None:
        """Keeps the table in a file."""
        np.savez(file, words=self._words, meanings=self._meanings, near=self._near)

    def find(self, words: Iterable[str]) -> tuple[str, ...]:
        """The meanings of words and those close to them, one word after the other."""
        return tuple(sense for word in words for sense in self._senses(word))

    def _look_up(self, word: str) -> tuple[str, ...]:
        meaning = self._meaning(word)
        if meaning is None:
            return ()
        near = self._near[meaning]
        return tuple(map(str, sorted({meaning, *near[near != _NONE].tolist()})))

    def _meaning(self, word: str) -> int | None:
        key = np.uint64(get_string_id(word))
        at = int(np.searchsorted(self._words, key))
        found = at < len(self._words) and self._words[at] == key
        return int(self._meanings[at]) if found else None


def _ginza_vectors() -> Vectors:
    """The vectors alone; their package read as a whole would bring 480,000 strings."""
    (folder,) = Path(ja_ginza.__file__).parent.glob("*/vocab")
    return Vectors().from_disk(folder)


def _close(vectors: NDArray[np.float32], used: NDArray[np.int16]) -> NDArray[np.int16]:
    """For each vector the nearest of those used, where they are near enough."""
    if not len(used):
        return np.full((len(vectors), 1), _NONE, np.int16)
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    unit = vectors / np.where(length, length, 1)
    parts = range(0, len(unit), _AT_ONCE)
    return np.vstack([_nearest(unit[at : at + _AT_ONCE], unit[used], used) for at in parts])


def _nearest(
    some: NDArray[np.float32], others: NDArray[np.float32], names: NDArray[np.int16]
) -> NDArray[np.int16]:
    likeness = some @ others.T
    last = min(_NEIGHBOURS, len(names)) - 1
    best = np.argpartition(-likeness, last, axis=1)[:, : last + 1]
    close = np.take_along_axis(likeness, best, axis=1) > _NEAR
    return np.where(close, names[best], _NONE).astype(np.int16)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class WordSenses(GraphComponent):
    """Adds `senses` to what the heads see of a message, whole and masked."""

    def __init__(self, storage: ModelStorage, resource: Resource, senses: Senses | None) -> None:
        """Takes the table, if there is one yet."""
        self._storage = storage
        self._resource = resource
        self._senses = senses

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> WordSenses:
        """Builds the component before training (Rasa's interface)."""
        return cls(model_storage, resource, None)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
        **_kwargs: Any,  # noqa: ANN401 - Rasa's interface
    ) -> WordSenses:
        """Builds the component out of a model (Rasa's interface)."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, Senses.read(folder / _FILE))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def train(self, training_data: TrainingData) -> Resource:
        """Makes the table for the words of the training data and puts it into the model."""
        examples = training_data.nlu_examples
        self._senses = Senses.of({word for one in examples for word in one.get(WRITTEN)["words"]})
        with self._storage.write_to(self._resource) as folder:
            self._senses.write(folder / _FILE)
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the senses to the training data as well."""
        self.process(training_data.nlu_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `senses` of `written`, `masked`, `asked` and each of `pieces`."""
        for message in messages:
            for name in (WRITTEN, MASKED, ASKED):
                message.set(name, self._with_senses(message.get(name)))
            cut = message.get(PIECES, {})
            message.set(
                PIECES,
                {kind: [self._with_senses(one) for one in some] for kind, some in cut.items()},
            )
        return messages

    def _with_senses(self, writing: dict[str, Any]) -> dict[str, Any]:
        senses = self._senses.find(writing["words"]) if self._senses else ()
        return {**writing, "senses": senses}
