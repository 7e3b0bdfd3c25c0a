"""What an action says: replies with machine-readable fields (docs/architecture.md)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from bot.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.knowledge.schema import Source

MAX_LABEL = 20
"""LINE shows no more characters on a choice."""


class Outcome(StrEnum):
    """What kind of reply a turn got."""

    ANSWER = "answer"
    NOT_STATED = "not_stated"
    MENU = "menu"
    CLARIFY = "clarify"
    SUGGEST = "suggest"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOFF = "handoff"
    OPINION = "opinion"
    LINE_INFO = "line_info"
    EMERGENCY = "emergency"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True)
class Payload:
    """What a choice stands for."""

    intent: str
    initiative: str | None = None
    facet: str | None = None

    @classmethod
    def read(cls, raw: Mapping[str, Any]) -> Payload:
        """The payload as it was written by `as_dict`."""
        return cls(str(raw["intent"]), raw.get("initiative"), raw.get("facet"))

    def as_dict(self) -> dict[str, str]:
        """The payload as JSON, without what is not set."""
        fields = {"intent": self.intent, "initiative": self.initiative, "facet": self.facet}
        return {name: value for name, value in fields.items() if value}


ASK, HANDOFF, MENU, LINE_INFO = "ask", "handoff", "menu", "line_info"
OTHER_OFFERS = {HANDOFF, MENU, LINE_INFO}
"""What is offered beside questions about an initiative."""


@dataclass(frozen=True)
class Choice:
    """A choice to offer: what the citizen reads, and what it stands for."""

    label: str
    payload: Payload

    @classmethod
    def named(cls, name: str, payload: Payload) -> Choice:
        """A choice whose label is a name, shortened if need be."""
        return cls(name if len(name) <= MAX_LABEL else name[: MAX_LABEL - 1] + "…", payload)


@dataclass(frozen=True)
class Reply:
    """One message of the bot. An empty text is written by the gateway, as the effect demands."""

    outcome: Outcome
    text: str = ""
    initiative: str | None = None
    facet: str | None = None
    sources: tuple[Source, ...] = ()
    choices: tuple[Choice, ...] = ()
    effect: Mapping[str, str] | None = None

    def custom(self) -> dict[str, Any]:
        """Every field but the text, for Rasa's `custom`; what is not set is left out."""
        fields: dict[str, Any] = {
            "easy": self.text.easy if isinstance(self.text, Worded) else None,
            "outcome": str(self.outcome),
            "initiative": self.initiative,
            "facet": self.facet,
            "sources": [source.model_dump() for source in self.sources],
            "choices": [{"label": c.label, "payload": c.payload.as_dict()} for c in self.choices],
            "effect": dict(self.effect) if self.effect else None,
        }
        return {name: value for name, value in fields.items() if value}


@dataclass(frozen=True)
class Turn:
    """All that one action says, and what the conversation is about afterwards."""

    replies: tuple[Reply, ...]
    initiative: str | None = None
    facet: str | None = None
    together: tuple[str, ...] = ()
    """Initiatives that were answered side by side, now or in the last such turn."""

    @property
    def offer(self) -> tuple[Payload, ...]:
        """What 「2番目」 or 「はい」 would mean next."""
        return tuple(choice.payload for choice in self.replies[-1].choices)

    def after(self, *first: Reply) -> Turn:
        """The same turn with other replies before its own."""
        return replace(self, replies=(*first, *self.replies))

    def slots(self) -> dict[str, Any]:
        """The values of Rasa's slots."""
        offer = [payload.as_dict() for payload in self.offer]
        return {
            "initiative": self.initiative,
            "facet": self.facet,
            "offer": offer or None,
            "together": list(self.together) or None,
        }
