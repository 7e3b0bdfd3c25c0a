"""Words that no known question uses: a sign that a message is about something else."""

from __future__ import annotations

import json
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
from engine.nlu.classifiers import ASK

UNKNOWN = "unknown"
"""Output: content words of the text that occur in no question about an initiative."""

_FILE = "vocabulary.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class UnknownWords(GraphComponent):
    """Knows the content words of all questions about initiatives and of the knowledge."""

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def __init__(self, storage: ModelStorage, resource: Resource, known: frozenset[str]) -> None:
        """Takes the known words."""
        self._storage = storage
        self._resource = resource
        self._known = known

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> UnknownWords:
        """Builds the component before training (Rasa's interface)."""
        return cls(model_storage, resource, frozenset())

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
        return cls(model_storage, resource, frozenset(words))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns the words of the questions."""
        questions = [one for one in training_data.intent_examples if one.get(INTENT) == ASK]
        words = sorted({word for question in questions for word in _content_words(question)})
        with self._storage.write_to(self._resource) as folder:
            (folder / _FILE).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
        self._known = frozenset(words)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `unknown`."""
        for message in messages:
            words = [word for word in _content_words(message) if word not in self._known]
            message.set(UNKNOWN, words, add_to_output=True)
        return messages


def _content_words(message: Message) -> list[str]:
    found = (token.get("word").content for token in message.get(TOKENS_NAMES[TEXT], ()))
    return [word for word in found if word]
