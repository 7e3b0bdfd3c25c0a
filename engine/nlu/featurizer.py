"""The component that counts a message's grams, once for all heads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002 - Rasa reads it at run time

from engine.fingerprint import component_hash
from engine.nlu.grams import count
from engine.nlu.mentions import ASKED, MASKED
from engine.nlu.tokenizer import WRITTEN

if TYPE_CHECKING:
    from engine.nlu.grams import Grams

GRAMS = "grams"
"""Message property: the grams of `written`, `masked` and `asked`."""


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class GramFeaturizer(GraphComponent):
    """Counts the grams of a message; what is the same text is counted once."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],  # noqa: ARG003 - Rasa's interface
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's interface
        resource: Resource,  # noqa: ARG003 - Rasa's interface
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> GramFeaturizer:
        """Builds the component (Rasa's interface)."""
        return cls()

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Counts those of the training data as well."""
        self.process(training_data.nlu_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `grams`."""
        for message in messages:
            message.set(GRAMS, _counted(message))
        return messages


def _counted(message: Message) -> dict[str, Grams]:
    written, masked, asked = (message.get(name) for name in (WRITTEN, MASKED, ASKED))
    found = {WRITTEN: count(written)}
    found[MASKED] = found[WRITTEN] if masked == written else count(masked)
    found[ASKED] = found[MASKED] if asked == masked else count(asked)
    return found
