"""The component that finds named initiatives and masks them for the facet."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource  # noqa: TC002 - Rasa reads it at run time
from rasa.engine.storage.storage import ModelStorage  # noqa: TC002 - Rasa reads it at run time
from rasa.nlu.constants import TOKENS_NAMES
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time
from rasa.shared.nlu.training_data.training_data import TrainingData  # noqa: TC002 - Rasa reads it at run time

from engine.fingerprint import component_hash
from engine.knowledge import read_knowledge
from engine.nlu.clauses import asks, pieces, sentences_before
from engine.nlu.names import Mention, Name, Names
from engine.nlu.reading import Reading, Token
from engine.nlu.tokenizer import WRITTEN

MENTIONS = "mentions"
"""Output: [{"initiative", "text", "kind": "exact"|"near"}], in order."""
MASKED = "masked"
"""Message property like `written`, with each mention replaced by one sign."""

ASKED = "asked"
"""Message property like `masked`, without what the citizen turns down: 「時期ではなくて、…」."""

PIECES = "pieces"
"""Message property: kind of piece (engine.nlu.clauses) → like `masked`, each of that kind."""

_MASK = "〓"
_NOT = (
    r"(?:では?|じゃ|や)な(?:くて[さね]?[、。,.\s]*|く(?!て)[、。,.\s]*)"
    r"|(?:では?|(?<!ん)じゃ|や)ない(?:の|ん)?(?:です|っす|だ)?(?:よ|わ|さ|が|けれ?ど)?[、。,.\s]+"
)
"""「ではなくて」, 「じゃないです、」; but 「ではないですよね」 and 「んじゃないの、」 ask."""
_ENOUGH = r"は(?:もう|とりあえず|別に)?(?:いい|ええ)(?:です|から|んで|ので|けど|よ|わ)?[、。]\s*"
_TURNED_DOWN = re.compile(rf".*(?:{_NOT}|{_ENOUGH})(?=\w{{2}})", re.DOTALL)
_FILE = "names.json"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER], is_trainable=True)
class MentionExtractor(GraphComponent):
    """Finds initiatives by their names in the knowledge.

    The names go into the model, so that a model and its names belong together. It counts as a
    featurizer, because those alone also run over the training data, where the facet needs it.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the knowledge lies, from the directory in which Rasa is started."""
        return {"knowledge": "data/knowledge"}

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's cache notice changed knowledge and code."""
        return component_hash(Path(config["knowledge"]))

    def __init__(
        self, config: dict[str, Any], storage: ModelStorage, resource: Resource, names: Names
    ) -> None:
        """Takes the names to look for."""
        self._knowledge = Path(config["knowledge"])
        self._storage = storage
        self._resource = resource
        self._names = names

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
    ) -> MentionExtractor:
        """Builds the component before training (Rasa's interface)."""
        return cls(config, model_storage, resource, Names([]))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,  # noqa: ARG003 - Rasa's interface
        **_kwargs: Any,  # noqa: ANN401 - Rasa's interface
    ) -> MentionExtractor:
        """Builds the component out of a model (Rasa's interface)."""
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
        return cls(config, model_storage, resource, Names(Name(**name) for name in stored))

    def train(self, training_data: TrainingData) -> Resource:  # noqa: ARG002 - Rasa's interface
        """Reads the names from the knowledge and puts them into the model."""
        self._names = Names.of(read_knowledge(self._knowledge))
        with self._storage.write_to(self._resource) as folder:
            names = [asdict(name) for name in self._names.names]
            (folder / _FILE).write_text(json.dumps(names, ensure_ascii=False), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Finds the mentions in the training data as well; pieces are for serving alone."""
        for message in training_data.nlu_examples:
            self._mask(message)
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `mentions`, `masked`, `asked` and `pieces`."""
        for message in messages:
            text, tokens, found = self._mask(message)
            message.set(
                PIECES,
                {
                    kind: [_masked(text, tokens, found, *span) for span in spans]
                    for kind, spans in pieces(text)._asdict().items()
                },
            )
        return messages

    def _mask(self, message: Message) -> tuple[str, list[Token], list[Mention]]:
        """Sets all but `pieces`, and tells what it has found in which words."""
        text = message.get(WRITTEN)["text"]
        tokens = [token.get("word") for token in message.get(TOKENS_NAMES[TEXT])]
        found = self._names.find(text, tokens)
        message.set(MENTIONS, [_output(text, mention) for mention in found], add_to_output=True)
        message.set(MASKED, _masked(text, tokens, found))
        message.set(ASKED, _asked(text, tokens, found) or message.get(MASKED))
        return text, tokens, found


def _output(text: str, mention: Mention) -> dict[str, str]:
    named = text[mention.start : mention.end]
    return {"initiative": mention.initiative, "text": named, "kind": mention.kind}


def _asked(text: str, tokens: list[Token], mentions: list[Mention]) -> dict[str, Any] | None:
    """What is asked after something was turned down, or None if nothing was.

    Where only the sentences before it ask, it is a remark: 「…いつですか。苦情ではなく、…ので」.
    """
    turned_down = _TURNED_DOWN.match(text)
    if turned_down is None:
        return None
    begin = turned_down.end()
    if not asks(text[begin:]) and asks(sentences_before(text, begin)):
        return None
    return _masked(text, tokens, mentions, begin)


def _masked(
    text: str,
    tokens: list[Token],
    mentions: list[Mention],
    begin: int = 0,
    end: int | None = None,
) -> dict[str, Any]:
    """What the heads see of a stretch of a text, with each mention in it replaced by one sign."""
    end = len(text) if end is None else end
    tokens = [token for token in tokens if begin <= token.start < end]
    reading = Reading.of(tokens)
    letters = [((at, at + 1), text[at]) for at in range(begin, end)]
    sounds = list(zip(reading.spans, reading.text, strict=True))
    words = [((token.start, token.end), token.said) for token in tokens]
    return {
        "text": "".join(_mask(letters, mentions)),
        "reading": "".join(_mask(sounds, mentions)),
        "words": tuple(_mask(words, mentions)),
    }


def _mask(parts: list[tuple[tuple[int, int], str]], mentions: list[Mention]) -> list[str]:
    """The parts with those that come from a mention replaced by one sign a mention."""
    masked: list[str] = []
    last = None
    for (start, end), part in parts:
        within = next((m for m in mentions if start < m.end and m.start < end), None)
        if within is None:
            masked.append(part)
        elif within != last:
            masked.append(_MASK)
        last = within
    return masked
