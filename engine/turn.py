"""A turn as the gateway asks for it, checked, and what a choice means (docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

UNDERSTOOD = (
    *("text", "intent", "intent_ranking", "entities"),
    *("mentions", "topics", "facets", "facets_apart", "unknown", "specific"),
)
"""What is kept of what a text was understood as, and sent to the actions."""

_LONGEST_ID = 200
# The gateway stops at 2,000 characters; this bound only keeps a mistake from costing minutes.
_LONGEST_TEXT = 10_000


EXPLAINED = ("mentions", "topics", "facets")
"""What is told of a text that is understood by itself; see docs/architecture.md."""


class BadTurnError(Exception):
    """The request is not as the architecture says; the message says where."""


@dataclass(frozen=True)
class Known:
    """What a choice may name."""

    intents: Collection[str]
    initiatives: Collection[str]
    facets: Collection[str]


@dataclass(frozen=True)
class Turn:
    """One message of a citizen, and the choice it stands for, if it is one."""

    conversation_id: str
    message_id: str
    text: str
    choice: dict[str, str] | None = None


def read_turn(body: object, known: Known) -> Turn:
    """Checks a request's JSON.

    Raises:
        BadTurnError: naming the field that is wrong.
    """
    if not isinstance(body, dict):
        raise BadTurnError("the body must be a JSON object")
    choice = body.get("choice")
    return Turn(
        conversation_id=_string(body, "conversation_id", _LONGEST_ID),
        message_id=_string(body, "message_id", _LONGEST_ID),
        text=_string(body, "text", _LONGEST_TEXT),
        choice=None if choice is None else _choice(choice, known),
    )


def read_text(body: object) -> str:
    """The text of a request that only wants it understood.

    Raises:
        BadTurnError: naming the field that is wrong.
    """
    if not isinstance(body, dict):
        raise BadTurnError("the body must be a JSON object")
    return _string(body, "text", _LONGEST_TEXT)


def understood(turn: Turn) -> dict[str, Any]:
    """What a choice means, in the form in which Rasa understands a text, and with certainty."""
    choice = turn.choice or {}
    initiative, facet = choice.get("initiative"), choice.get("facet")
    intent = {"name": choice["intent"], "confidence": 1.0}
    named = {"initiative": initiative, "text": turn.text, "kind": "exact"}
    return {
        "text": turn.text,
        "intent": intent,
        "intent_ranking": [intent],
        "entities": [],
        "mentions": [named] if initiative else [],
        "topics": [{"initiative": initiative, "confidence": 1.0}],
        "facets": [{"facet": facet, "confidence": 1.0}] if facet else [],
    }


def _string(body: dict[str, Any], field: str, longest: int) -> str:
    value = body.get(field)
    if not isinstance(value, str) or not value or len(value) > longest:
        raise BadTurnError(f"{field}: must be a text of 1 to {longest} characters")
    return value


def _choice(choice: object, known: Known) -> dict[str, str]:
    if not isinstance(choice, dict):
        raise BadTurnError("choice: must be an object")
    allowed = {
        "intent": known.intents,
        "initiative": known.initiatives,
        "facet": known.facets,
    }
    given = {key: value for key, value in choice.items() if value is not None}
    for key, value in given.items():
        if key not in allowed or not isinstance(value, str) or value not in allowed[key]:
            raise BadTurnError(f"choice.{key}: {value!r} is not known")
    if "intent" not in given:
        raise BadTurnError("choice.intent: is missing")
    return given
