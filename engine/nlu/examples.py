"""Training examples out of the knowledge, so that a new initiative needs no NLU data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from engine.fingerprint import component_hash
from engine.knowledge import read_knowledge


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=False)
class KnowledgeExamples(GraphComponent):
    """Adds each initiative's names and descriptions to what is trained on; idle in serving."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the knowledge lies, from the directory in which Rasa is started."""
        return {"knowledge": "data/knowledge"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,  # noqa: ARG003 - Rasa's interface
        resource: Resource,  # noqa: ARG003 - Rasa's interface
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> KnowledgeExamples:
        """Builds the component (Rasa's interface)."""
        return cls(Path(config["knowledge"]))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's cache notice changed knowledge and code."""
        return component_hash(Path(config["knowledge"]))

    def __init__(self, knowledge: Path) -> None:
        """Takes the folder with the knowledge."""
        self._knowledge = knowledge

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The training data with the knowledge's examples added."""
        examples = [
            Message.build(text, intent="ask", intent_metadata={"initiative": initiative.id})
            for initiative in read_knowledge(self._knowledge)
            for text in (*initiative.names, *initiative.descriptions)
        ]
        return training_data.merge(TrainingData(examples))

    def process(self, messages: list[Message]) -> list[Message]:
        """Nothing to add to a citizen's message."""
        return messages
