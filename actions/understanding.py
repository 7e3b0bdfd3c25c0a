"""What the engine understood of the citizen's message, and what the conversation is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from actions.reply import ASK, LINE_INFO, OTHER_OFFERS, Payload
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping


FADES_AFTER = 5
"""Citizen's messages, the present one counted, after which a topic is no longer at hand."""
_FACETS = {*Facet, None}


@dataclass(frozen=True)
class Mention:
    """An initiative that the text names, as it is written or nearly so."""

    initiative: str
    text: str
    exact: bool


@dataclass(frozen=True)
class Guess:
    """An initiative or facet and how sure the engine is of it (0–1); None is "none of them"."""

    value: str | None
    confidence: float


@dataclass(frozen=True)
class Understanding:
    """One message as the engine understood it, with the slots before it."""

    text: str = ""
    intent: str = ""
    confidence: float = 0.0
    foreign: float = 0.0
    """How sure the engine is that the address does not treat it."""
    asking: float = 0.0
    """How sure the engine is that it is a question about an initiative."""
    unknown: tuple[str, ...] = ()
    """Content words that no known question about an initiative uses."""
    specific: tuple[str, ...] = ()
    """Content words that name a matter; a question without any leans on what was said before."""
    mentions: tuple[Mention, ...] = ()
    topics: tuple[Guess, ...] = ()
    facets: tuple[Guess, ...] = ()
    apart: tuple[str, ...] = ()
    """Facets that parts of the text ask for by themselves, if they are several."""
    initiative: str | None = None
    facet: str | None = None
    offer: tuple[Payload, ...] = ()
    together: tuple[str, ...] = ()
    """Initiatives that were last answered side by side, in that order."""
    earlier: tuple[str, ...] = ()
    """Initiatives that the conversation was about before, the last one last."""

    @property
    def named(self) -> tuple[str, ...]:
        """The initiatives that the text names exactly, in order."""
        return tuple(dict.fromkeys(m.initiative for m in self.mentions if m.exact))

    @property
    def nearly_named(self) -> tuple[str, ...]:
        """The initiatives that the text names with mistakes, in order."""
        return tuple(dict.fromkeys(m.initiative for m in self.mentions if not m.exact))

    @property
    def asked(self) -> Guess:
        """The best guess at the facet; nothing if the engine made none."""
        return self.facets[0] if self.facets else Guess(None, 0.0)

    @property
    def topic(self) -> Guess:
        """The best guess at the initiative; nothing if the engine made none."""
        return self.topics[0] if self.topics else Guess(None, 0.0)

    @property
    def spoken_of(self) -> frozenset[str]:
        """The initiatives of the talk so far, the present one among them."""
        present = (self.initiative,) if self.initiative else ()
        return frozenset((*present, *self.together, *self.earlier))

    @property
    def was_turned_away(self) -> bool:
        """Whether the last question was about what the address does not treat."""
        return any(payload.intent == LINE_INFO for payload in self.offer)

    def about(self, initiative: str, facet: str | None) -> Understanding:
        """As if a choice of this initiative and facet had been clicked."""
        return replace(
            self,
            mentions=(),
            apart=(),
            topics=(Guess(initiative, 1.0),),
            facets=(Guess(facet, 1.0),) if facet else (),
        )


def read(
    message: Mapping[str, Any] | None,
    slots: Mapping[str, Any],
    events: Iterable[Mapping[str, Any]],
    known: Container[str],
) -> Understanding:
    """Reads Rasa's tracker; what is missing, odd or no longer known counts as not said."""
    message, events = message or {}, list(events)
    intent = message.get("intent") or {}
    topics = _guesses(message.get("topics"), "initiative")
    mentions = _mentions(message.get("mentions"))
    return Understanding(
        text=str(message.get("text") or ""),
        intent=str(intent.get("name") or ""),
        confidence=float(intent.get("confidence") or 0.0),
        foreign=_confidence(message.get("intent_ranking"), "out_of_scope"),
        asking=_confidence(message.get("intent_ranking"), ASK),
        unknown=tuple(
            word
            for word in _words(message.get("unknown"))
            if not any(word.lower() in m.text.lower() for m in mentions)
        ),
        specific=_words(message.get("specific")),
        mentions=tuple(m for m in mentions if m.initiative in known),
        topics=tuple(g for g in topics if g.value is None or g.value in known),
        facets=tuple(g for g in _guesses(message.get("facets"), "facet") if g.value in _FACETS),
        apart=tuple(one for one in _words(message.get("facets_apart")) if one in set(Facet)),
        initiative=_if_known(slots.get("initiative"), known),
        facet=None if _has_faded(events) else _if_known(slots.get("facet"), set(Facet)),
        offer=_offer(slots.get("offer"), known),
        together=tuple(one for one in slots.get("together") or () if one in known),
        earlier=tuple(_earlier(events, known)),
    )


def _has_faded(events: Iterable[Mapping[str, Any]]) -> bool:
    """Whether so much else was said since that 「それ」 no longer means the last initiative."""
    turns = 0
    for event in events:
        about = ((event.get("data") or {}).get("custom") or {}).get("initiative")
        if event.get("event") == "bot" and about:
            turns = 0
        turns += event.get("event") == "user"
    return turns > FADES_AFTER


def _confidence(ranking: Any, intent: str) -> float:  # noqa: ANN401 - JSON
    found = [i.get("confidence") for i in ranking or () if i.get("name") == intent]
    return float(found[0] or 0.0) if found else 0.0


def _words(raw: Any) -> tuple[str, ...]:  # noqa: ANN401 - JSON
    return tuple(str(word) for word in raw or ())


def _mentions(raw: Any) -> list[Mention]:  # noqa: ANN401 - JSON
    found = [m for m in raw or () if m.get("initiative")]
    return [
        Mention(m["initiative"], str(m.get("text") or ""), m.get("kind") == "exact") for m in found
    ]


def _guesses(raw: Any, name: str) -> list[Guess]:  # noqa: ANN401 - JSON
    guesses = [Guess(g.get(name), float(g.get("confidence") or 0.0)) for g in raw or ()]
    return sorted(guesses, key=lambda guess: -guess.confidence)


def _if_known(value: str | None, known: Container[str]) -> str | None:
    return value if value in known else None


def _offer(raw: Any, known: Container[str]) -> tuple[Payload, ...]:  # noqa: ANN401 - JSON
    payloads = [Payload.read(one) for one in raw or () if one.get("intent")]
    return tuple(p for p in payloads if p.intent in OTHER_OFFERS or p.initiative in known)


def _earlier(events: Iterable[Mapping[str, Any]], known: Container[str]) -> list[str]:
    found: list[str] = []
    for event in events:
        value = event.get("value")
        about = event.get("event") == "slot" and event.get("name") == "initiative"
        if about and value in known and found[-1:] != [value]:
            found.append(str(value))
    return found
