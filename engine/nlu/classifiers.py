"""The three classifiers: what the citizen wants, which initiative, which facet of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

import joblib
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002 - Rasa reads it at run time

from engine.nlu.head import Head, Writing
from engine.nlu.mentions import MASKED, MENTIONS
from engine.nlu.tokenizer import WRITTEN

TOPICS = "topics"
"""Output: [{"initiative", "confidence"}], best first; initiative null is "none of them"."""
FACETS = "facets"
"""Output: [{"facet", "confidence"}], best first."""

NO_TOPIC = ""
ASK = "ask"

_FILE = "head.joblib"
_DIGITS = 4
_INTENTS_TOLD = 5


class LabelClassifier(GraphComponent, ABC):
    """What the three have in common: a head, trained, kept in the model, asked once a message."""

    def __init__(self, storage: ModelStorage, resource: Resource, head: Head) -> None:
        """Takes where to keep the head."""
        self._storage = storage
        self._resource = resource
        self._head = head

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> LabelClassifier:
        """Builds the component before training (Rasa's interface)."""
        return cls(model_storage, resource, Head())

    @classmethod
    def load(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
        **_kwargs: Any,  # noqa: ANN401 - Rasa's interface
    ) -> LabelClassifier:
        """Builds the component out of a model (Rasa's interface)."""
        with model_storage.read_from(resource) as folder:
            return cls(model_storage, resource, joblib.load(folder / _FILE))

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have a label, and puts the head into the model."""
        writings, labels = self.rows(training_data.nlu_examples)
        self._head.fit(writings, labels)
        with self._storage.write_to(self._resource) as folder:
            joblib.dump(self._head, folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets what the head says."""
        for message in messages:
            self.tell(message, self._head.rank(self.writing(message)))
        return messages

    @classmethod
    def rows(cls, examples: list[Message]) -> tuple[list[Writing], list[str]]:
        """The examples that have a label, and their labels."""
        labelled = [(cls.writing(example), cls.label(example)) for example in examples]
        known = [(writing, label) for writing, label in labelled if label is not None]
        return [writing for writing, _ in known], [label for _, label in known]

    @staticmethod
    def writing(message: Message) -> Writing:
        """What of the message the head looks at: the text without initiatives' names.

        So what is learnt carries over to initiatives that the training data never mentions.
        """
        return message.get(MASKED)

    @staticmethod
    @abstractmethod
    def label(example: Message) -> str | None:
        """The label of a training example; None if it teaches this head nothing."""

    @staticmethod
    @abstractmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Writes the ranking into the message."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class CitizenIntentClassifier(LabelClassifier):
    """What the citizen wants: to ask, say, or to speak with a person."""

    @staticmethod
    def label(example: Message) -> str | None:
        """The intent."""
        return example.get(INTENT)

    @staticmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Sets `intent` and `intent_ranking` as Rasa wants them."""
        intents = _ranked("name", ranking)
        message.set(INTENT, intents[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, intents[:_INTENTS_TOLD], add_to_output=True)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class TopicClassifier(LabelClassifier):
    """Which initiative the text describes, or none of them."""

    @staticmethod
    def writing(message: Message) -> Writing:
        """The whole text."""
        return message.get(WRITTEN)

    @staticmethod
    def label(example: Message) -> str | None:
        """The initiative; nothing is learnt from one that is named in passing (an opinion, say)."""
        if example.get(INTENT) == ASK:
            return _about(example).get("initiative") or NO_TOPIC
        return None if example.get(MENTIONS) else NO_TOPIC

    @staticmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Sets `topics`."""
        topics = [(initiative or None, confidence) for initiative, confidence in ranking]
        message.set(TOPICS, _ranked("initiative", topics), add_to_output=True)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class FacetClassifier(LabelClassifier):
    """What is asked, whichever initiative it is asked of."""

    @staticmethod
    def label(example: Message) -> str | None:
        """The facet."""
        return _about(example).get("facet")

    @staticmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Sets `facets`."""
        message.set(FACETS, _ranked("facet", ranking), add_to_output=True)


def _about(example: Message) -> dict[str, Any]:
    return (example.get("metadata") or {}).get("intent") or {}


def _ranked(key: str, ranking: list[tuple[str | None, float]]) -> list[dict[str, Any]]:
    return [{key: label, "confidence": round(sure, _DIGITS)} for label, sure in ranking]
