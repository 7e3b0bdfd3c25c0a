"""Components of the pipeline with one ability taken away each, to see what it is worth."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002 - Rasa reads it at run time

from engine.nlu.mentions import ASKED, MASKED, MENTIONS, PIECES, MentionExtractor
from engine.nlu.senses import WordSenses
from engine.nlu.tokenizer import WRITTEN, GinzaTokenizer

_Pieces = dict[str, list[dict[str, Any]]]
_Kind = DefaultV1Recipe.ComponentType


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutMasking(MentionExtractor):
    """The facet and the intent see the initiatives' names."""

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `mentions`, and `masked` and `asked` with nothing masked; no `pieces`."""
        for message in super().process(messages):
            message.set(MASKED, message.get(WRITTEN))
            message.set(ASKED, message.get(WRITTEN))
            message.set(PIECES, {})
        return messages


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutPieces(MentionExtractor):
    """The facet is told from the whole text alone."""

    def process(self, messages: list[Message]) -> list[Message]:
        """As ever, but no `pieces`."""
        for message in super().process(messages):
            message.set(PIECES, {})
        return messages


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutNames(MentionExtractor):
    """The actions are told of no name; only what is described counts."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """As ever: to learn, the classifiers have to know where names are."""
        super().process(training_data.nlu_examples)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `masked`, and no `mentions`."""
        for message in super().process(messages):
            message.set(MENTIONS, [], add_to_output=True)
        return messages


@DefaultV1Recipe.register([_Kind.MESSAGE_TOKENIZER], is_trainable=False)
class WithoutReadings(GinzaTokenizer):
    """The classifiers see the letters alone; names are still found by their reading."""

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """As ever, but for the feature."""
        tokens = super().tokenize(message, attribute)
        written = message.get(WRITTEN)
        if written:
            message.set(WRITTEN, {**written, "reading": ""})
        return tokens


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutReadingsMasked(MentionExtractor):
    """The same for the text without names."""

    def process(self, messages: list[Message]) -> list[Message]:
        """As ever, but for the feature."""
        for message in super().process(messages):
            for name in (MASKED, ASKED):
                message.set(name, {**message.get(name), "reading": ""})
            message.set(PIECES, _each(message, reading=""))
        return messages


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutSenses(WordSenses):
    """The heads see words and letters, not what the words mean."""

    def process(self, messages: list[Message]) -> list[Message]:
        """As ever, but for the feature."""
        for message in messages:
            for name in (WRITTEN, MASKED, ASKED):
                message.set(name, {**message.get(name), "senses": ()})
            message.set(PIECES, _each(message, senses=()))
        return messages


@DefaultV1Recipe.register([_Kind.MESSAGE_FEATURIZER], is_trainable=True)
class WithoutTurningDown(MentionExtractor):
    """What is turned down counts as asked as well."""

    def process(self, messages: list[Message]) -> list[Message]:
        """As ever, but for `asked`."""
        for message in super().process(messages):
            message.set(ASKED, message.get(MASKED))
        return messages


def _each(message: Message, **instead: object) -> _Pieces:
    """The pieces of a message with something else in each."""
    return {
        kind: [{**one, **instead} for one in some] for kind, some in message.get(PIECES, {}).items()
    }
