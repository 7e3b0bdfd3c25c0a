"""Which of the choices offered last the citizen means by a word of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import plain
from actions.facet import guessed_facets
from actions.ordinals import places
from actions.reply import ASK
from actions.thresholds import CANDIDATE, MAX_ANSWERS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from actions.reply import Payload
    from actions.understanding import Understanding

    Labels = Callable[[Payload], tuple[str, ...]]

_TAIL = re.compile(
    r"(って|と)?(の|な)?(ほう|方|やつ|もの|話|こと|件|項目|付く方)?(を|が|に|で|は|も)?"
    r"(お願い|おねがい|教えて|おしえて|いい|です|だ|する|します|選|聞|頼|知り).*$"
    r"|(の|な)?(ほう|方|やつ|もの|話|こと|件|項目)?(を|が|に|で|は|も|の)?[\s。、!?]*$"
)
_MIN_FRAGMENT = 2


def picked(u: Understanding, labels: Labels) -> tuple[Payload, ...]:
    """The meant choices: by name, by place, by a piece of a label, or by what it is about."""
    for way in (_by_mention, _by_place):
        found = way(u)
        if found:
            return found[:MAX_ANSWERS]
    for one in (_by_fragment(u, labels), _by_facet(u), _by_topic(u)):
        if one:
            return one
    return ()


def _by_mention(u: Understanding) -> tuple[Payload, ...]:
    mentioned = {mention.initiative for mention in u.mentions}
    found = tuple(p for p in u.offer if p.initiative in mentioned)
    return found if len(found) == len({p.initiative for p in found}) else ()


def _by_place(u: Understanding) -> tuple[Payload, ...]:
    """Where questions come first, the buttons after them (a person, the menu) do not count."""
    asks = tuple(payload for payload in u.offer if payload.intent == ASK)
    row = asks if u.offer[:1] == asks[:1] else u.offer
    return tuple(row[place] for place in places(u.text, len(row)))


def _by_fragment(u: Understanding, labels: Labels) -> tuple[Payload, ...]:
    text = plain(u.text)
    fragment = _TAIL.sub("", text, count=1).strip()
    scores = {p: max(_overlap(text, fragment, plain(name)) for name in labels(p)) for p in u.offer}
    return _single_best(scores)


def _overlap(text: str, fragment: str, name: str) -> int:
    if name in text:
        return len(name)
    return len(fragment) if len(fragment) >= _MIN_FRAGMENT and fragment in name else 0


def _by_facet(u: Understanding) -> tuple[Payload, ...]:
    wanted = guessed_facets(u)
    found = tuple(p for p in u.offer if p.facet and p.facet in wanted)
    return found if len(found) == 1 else ()


def _by_topic(u: Understanding) -> tuple[Payload, ...]:
    likely = {g.value: g.confidence for g in u.topics if g.confidence >= CANDIDATE}
    return _single_best({p: likely.get(p.initiative, 0.0) for p in u.offer if p.initiative})


def _single_best(scores: Mapping[Payload, float]) -> tuple[Payload, ...]:
    best = max(scores.values(), default=0)
    found = tuple(payload for payload, score in scores.items() if score == best > 0)
    return found if len(found) == 1 else ()
