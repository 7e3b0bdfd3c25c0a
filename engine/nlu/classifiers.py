"""The three classifiers: what the citizen wants, which initiative, which facet of it."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY
from rasa.shared.nlu.training_data.message import Message  # noqa: TC002 - Rasa reads it at run time

from engine.nlu.grams import Writing, count
from engine.nlu.label_classifier import LabelClassifier
from engine.nlu.mentions import ASKED, MENTIONS, PIECES
from engine.nlu.tokenizer import WRITTEN

TOPICS = "topics"
"""Output: [{"initiative", "confidence"}], best first; initiative null is "none of them"."""
FACETS = "facets"
"""Output: [{"facet", "confidence"}], best first; facet null is "nothing is asked"."""
APART = "facets_apart"
"""Output: the facets that parts of the text ask for, in order, if they are two or more."""

Ranking = list[tuple[str, float]]
"""Labels, best first, with confidences."""

NONE = ""
ASK = "ask"
FOREIGN = "out_of_scope"
_ASKS_NOTHING = {
    "affirm",
    "deny",
    "greeting",
    "thanks",
    "goodbye",
    "chitchat",
    "bot_challenge",
    "opinion",
    "handoff",
    "line_info",
    "menu",
    "ordinal_choice",
    "emergency",
    "personal_data",
}
"""Intents of which no line asks for a facet; those of foreign questions and repairs may."""

OVERVIEW = "overview"
_PART_SURE = 0.8
"""From here on a part of a text is believed to ask for a facet."""
_WHOLE_SURE = 0.8
_PIECE_SURE = {"last": 0.9, "questions": 0.8, "ending": 0.9}
_DIGITS = 4
_INTENTS_TOLD = 5


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

    seen = 2
    """A new initiative brings few lines."""
    reads = WRITTEN

    @staticmethod
    def label(example: Message) -> str | None:
        """The initiative; nothing is learnt from one that is named in passing (an opinion, say)."""
        if example.get(INTENT) == ASK:
            return _about(example).get("initiative") or NONE
        return None if example.get(MENTIONS) else NONE

    @staticmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Sets `topics`."""
        topics = [(initiative or None, confidence) for initiative, confidence in ranking]
        message.set(TOPICS, _ranked("initiative", topics), add_to_output=True)


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class FacetClassifier(LabelClassifier):
    """What is asked, whichever initiative it is asked of: the end of it, without names."""

    reads = ASKED

    @staticmethod
    def label(example: Message) -> str | None:
        """The facet."""
        if example.get(INTENT) in _ASKS_NOTHING:
            return NONE
        return _about(example).get("facet")

    @staticmethod
    def tell(message: Message, ranking: list[tuple[str, float]]) -> None:
        """Sets `facets`."""
        facets = [(facet or None, confidence) for facet, confidence in ranking]
        message.set(FACETS, _ranked("facet", facets), add_to_output=True)

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets `facets`, of the whole or of a piece that says more; and `facets_apart`."""
        super().process(messages)
        for message in messages:
            pieces = message.get(PIECES, {})
            told = self._asking_piece(message.get(FACETS)[0], pieces)
            if told:
                self.tell(message, told)
            best = [self._rank(part)[0] for part in pieces.get("parts", ())]
            message.set(APART, _apart(best, message.get(FACETS)[0]["facet"]), add_to_output=True)
        return messages

    def _rank(self, piece: Writing) -> Ranking:
        """What the head says of a piece, which is counted only if somebody asks."""
        return self._head.rank(count(piece))

    def _asking_piece(
        self, whole: dict[str, Any], pieces: dict[str, list[Writing]]
    ) -> Ranking | None:
        """The ranking of the piece that says what is asked, if one does better than the whole.

        Where the whole sounds like the wish for an overview, that is the last of a few sentences:
        「財政やばいんでしょ？なんで」. In a long message it is the question that asks most clearly
        for a facet (of 465 development turns it set eight right and one wrong); else the last
        clause, if the whole is not sure (of 2,224 turns seven right, one wrong).
        """
        looked_at = {
            "last": whole["facet"] == OVERVIEW,
            "questions": True,
            "ending": whole["confidence"] < _WHOLE_SURE,
        }
        for kind in (kind for kind, looked in looked_at.items() if looked):
            ranked = map(self._rank, pieces.get(kind, ()))
            clear = [one for one in ranked if _is_clear(one, _PIECE_SURE[kind])]
            if clear:
                return max(clear, key=lambda ranking: ranking[0][1])
        return None


def _is_clear(ranking: Ranking, enough: float) -> bool:
    facet, confidence = ranking[0]
    return facet not in {NONE, OVERVIEW} and confidence >= enough


def _apart(parts: list[tuple[str, float]], whole: str | None) -> list[str]:
    """The facets of the parts that ask for one beyond doubt, if they are several.

    A mere name reads like the wish for an overview, so that does not count; and what the whole
    asks for must be among them.
    """
    sure = [facet for facet, confidence in parts if confidence >= _PART_SURE]
    found = list(dict.fromkeys(facet for facet in sure if facet not in {NONE, OVERVIEW}))
    return found if len(found) > 1 and whole in found else []


def _about(example: Message) -> dict[str, Any]:
    return (example.get("metadata") or {}).get("intent") or {}


def _ranked(key: str, ranking: list[tuple[str | None, float]]) -> list[dict[str, Any]]:
    return [{key: label, "confidence": round(sure, _DIGITS)} for label, sure in ranking]
