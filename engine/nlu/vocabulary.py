"""Words that tell whether a message is about something else, or leans on what was said before."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002 - Rasa reads it at run time

from engine.fingerprint import component_hash
from engine.nlu.classifiers import ASK, FOREIGN, NONE, TopicClassifier

UNKNOWN = "unknown"
"""Output: content words of the text that occur in no question about an initiative."""
SPECIFIC = "specific"
"""Output: content words that name a matter; with none, the text leans on what was said before."""

_FILE = "vocabulary.json"
_OFTEN = 1.5
"""More questions than this that name no matter must use a word that names none, ..."""
_FOREIGN = 3.0
"""... and foreign questions at most so many times as often as ours (年金 names a matter)."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class UnknownWords(GraphComponent):
    """Knows the words of all questions about initiatives, and of those that lean on others."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def __init__(
        self,
        storage: ModelStorage,
        resource: Resource,
        known: frozenset[str] = frozenset(),
        common: frozenset[str] = frozenset(),
    ) -> None:
        """Takes the words of questions, and those that name no matter."""
        self._storage = storage
        self._resource = resource
        self._known = known
        self._common = common

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> UnknownWords:
        """Builds the component before training (Rasa's interface)."""
        return cls(model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
        **_kwargs: Any,  # noqa: ANN401 - Rasa's interface
    ) -> UnknownWords:
        """Builds the component out of a model (Rasa's interface)."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(model_storage, resource, *map(frozenset, words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the questions."""
        questions = [one for one in training_data.intent_examples if one.get(INTENT) == ASK]
        leaning = [one for one in questions if TopicClassifier.label(one) == NONE]
        foreign = [one for one in training_data.intent_examples if one.get(INTENT) == FOREIGN]
        ours, theirs = _shares(questions), _shares(foreign)
        self._known = frozenset(ours)
        self._common = frozenset(
            word
            for word, share in _shares(leaning).items()
            if share * len(leaning) >= _OFTEN and theirs.get(word, 0.0) <= _FOREIGN * ours[word]
        )
        with self._storage.write_to(self._resource) as folder:
            words = [sorted(self._known), sorted(self._common)]
            (folder / _FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `unknown` and `specific`."""
        for message in messages:
            words = _content_words(message)
            for name, usual in ((UNKNOWN, self._known), (SPECIFIC, self._common)):
                found = [word for word in words if word not in usual]
                message.set(name, found, add_to_output=True)
        return messages


def _shares(lines: list[Message]) -> dict[str, float]:
    """For each content word the share of the lines that use it."""
    counts = Counter(word for line in lines for word in set(_content_words(line)))
    return {word: count / len(lines) for word, count in counts.items()}


def _content_words(message: Message) -> list[str]:
    found = (token.get("word").content for token in message.get(TOKENS_NAMES[TEXT], ()))
    return [word for word in found if word]
