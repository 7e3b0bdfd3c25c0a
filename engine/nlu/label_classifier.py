"""What the classifiers have in common: a head, trained, kept in the model, asked once a message."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import (
    TrainingData,  # noqa: TC002 - Rasa reads it at run time
)

from engine.fingerprint import component_hash
from engine.nlu.featurizer import GRAMS
from engine.nlu.grams import Grams  # noqa: TC001 - Rasa reads it at run time
from engine.nlu.head import Head
from engine.nlu.mentions import MASKED


class LabelClassifier(GraphComponent, ABC):
    """A graph component that sets what its head says of a message."""

    seen: ClassVar[int] = 3
    """So many training lines must have a gram that the head looks at."""
    reads: ClassVar[str] = MASKED
    """What of the message the head looks at: the text without initiatives' names.

    So what is learnt carries over to initiatives that the training data never mentions.
    """

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
        return cls(model_storage, resource, Head(cls.seen))

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
            return cls(model_storage, resource, Head.read(folder))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples that have a label, and puts the head into the model."""
        lines, labels = self.rows(training_data.nlu_examples)
        self._head.fit(lines, labels)
        with self._storage.write_to(self._resource) as folder:
            self._head.write(folder)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets what the head says."""
        for message in messages:
            self.tell(message, self._head.rank(self.grams(message)))
        return messages

    @classmethod
    def rows(cls, examples: list[Message]) -> tuple[list[Grams], list[str]]:
        """The examples that have a label, and their labels."""
        labelled = [(cls.grams(example), cls.label(example)) for example in examples]
        known = [(grams, label) for grams, label in labelled if label is not None]
        return [grams for grams, _ in known], [label for _, label in known]

    @classmethod
    def grams(cls, message: Message) -> Grams:
        """The grams of what the head looks at."""
        return message.get(GRAMS)[cls.reads]

    @staticmethod
    @abstractmethod
    def label(example: Message) -> str | None:
        """The label of a training example; None if it teaches this head nothing."""

    @staticmethod
    @abstractmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Writes the ranking into the message."""
