"""Rasa's tokenizer slot: the normalised text, its words and its reading, made once a message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT

from engine.fingerprint import component_hash
from engine.nlu.reading import Reading, load_ginza, tokenise
from engine.text import normalise

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message

WRITTEN = "written"
"""Message property: what the heads see of what the citizen wrote (engine.nlu.grams.Writing)."""


class GinzaToken(Token):
    """A token with its `word` (engine.nlu.reading.Token) as data."""

    def fingerprint(self) -> str:
        """What the token is; Rasa's own hashes each part, which took 13 s of a training."""
        return f"{self.start} {self.end} {self.text}"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER], is_trainable=False)
class GinzaTokenizer(Tokenizer):
    """Cuts the normalised text into words with GiNZA's tokenizer.

    Token offsets count in the normalised text, which is what every component after it reads;
    `Message.text` itself stays as the citizen wrote it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """What Rasa's base class wants to be told about intents' names: they are one word."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:  # noqa: ARG003 - Rasa's interface
        """Makes Rasa's cache notice changed code."""
        return component_hash()

    def __init__(self, config: dict[str, Any]) -> None:
        """Loads the dictionary now, so that the first citizen need not wait for it."""
        super().__init__(config)
        load_ginza()

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """Words of one attribute; for the text, the features `written` are set beside."""
        text = normalise(message.get(attribute))
        words = tokenise(text)
        if attribute == TEXT:
            said = tuple(word.said for word in words)
            message.set(WRITTEN, {"text": text, "reading": Reading.of(words).text, "words": said})
        return [GinzaToken(word.text, word.start, word.end, data={"word": word}) for word in words]
