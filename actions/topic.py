"""Which initiatives a question is about, and how sure that is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from actions.context import in_foreground, is_elliptical, returned_to
from actions.reply import ASK
from actions.thresholds import (
    CANDIDATE,
    CONTEXT_AGREES,
    INTENT_SURE,
    MAX_ANSWERS,
    MAX_CANDIDATES,
    TOPIC_POSSIBLE,
    TOPIC_SURE,
)
from actions.understanding import Understanding  # noqa: TC001 - a short name in four signatures


class Certainty(StrEnum):
    """What can be done with a topic."""

    SURE = "sure"
    """Answer."""
    POSSIBLE = "possible"
    """Ask: 「もしかして…」."""
    UNCLEAR = "unclear"
    """A question about an initiative, but about which?"""
    FOREIGN = "foreign"
    """Nothing that the address treats."""


@dataclass(frozen=True)
class Topic:
    """The initiatives that a question is, or may be, about."""

    certainty: Certainty
    initiatives: tuple[str, ...] = ()


def find_topic(u: Understanding) -> Topic:
    """Asks one signal after the other; the strongest speaks first."""
    for signal in (_by_name, _by_near_name, _by_description, _by_context):
        found = signal(u)
        if found:
            return found
    return Topic(Certainty.FOREIGN)


def candidates(u: Understanding) -> tuple[str, ...]:
    """The initiatives that the text may mean, best first."""
    guessed = [g.value for g in u.topics if g.value and g.confidence >= CANDIDATE]
    return tuple(dict.fromkeys([*u.nearly_named, *guessed]))[:MAX_CANDIDATES]


def _by_name(u: Understanding) -> Topic | None:
    return Topic(Certainty.SURE, u.named[:MAX_ANSWERS]) if u.named else None


def _by_near_name(u: Understanding) -> Topic | None:
    near = u.nearly_named
    if not near:
        return None
    if near == (u.topic.value,) and u.topic.confidence >= CONTEXT_AGREES:
        return Topic(Certainty.SURE, near)
    return Topic(Certainty.POSSIBLE, candidates(u))


def _by_description(u: Understanding) -> Topic | None:
    value, confidence = u.topic.value, u.topic.confidence
    if value is None:
        return None
    continued = value == u.initiative and in_foreground(u) and confidence >= CONTEXT_AGREES
    if confidence >= TOPIC_SURE or continued:
        return Topic(Certainty.SURE, (value,))
    if confidence >= TOPIC_POSSIBLE:
        return Topic(Certainty.POSSIBLE, candidates(u))
    asked = u.intent == ASK and u.confidence >= INTENT_SURE
    return Topic(Certainty.UNCLEAR if asked else Certainty.FOREIGN)


def _by_context(u: Understanding) -> Topic | None:
    if not is_elliptical(u):
        return None
    last = returned_to(u) or (u.initiative if in_foreground(u) else None)
    return Topic(Certainty.SURE, (last,)) if last else Topic(Certainty.UNCLEAR)
