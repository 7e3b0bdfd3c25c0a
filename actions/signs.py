"""What speaks for a question about an initiative, whatever the words sound like."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.context import around, asks_barely, certain, clear, in_foreground, leans
from actions.elsewhere import is_elsewhere
from actions.reply import ASK
from actions.thresholds import (
    ASKING_FAINT,
    ASKING_POSSIBLE,
    FOREIGN_CERTAIN,
    FOREIGN_FAINT,
    FOREIGN_IN_A_TALK,
    FOREIGN_LIKELY,
    FOREIGN_SURE,
    INTENT_SURE,
    TOPIC_CERTAIN,
    TOPIC_SURE,
)
from actions.together import meant_of_several

if TYPE_CHECKING:
    from actions.understanding import Understanding

_ONE_WORD = re.compile(r"[一-龥々]{2}|[ァ-ヶー]{2}")
A_MATTER = 3
"""So many content words tell of a matter of their own."""


def is_ours(u: Understanding) -> bool:
    """Whether a question that sounds foreign is asked of a named initiative, or of the last one."""
    if u.named:
        return u.confidence < FOREIGN_SURE or (clear(u) and not is_within_longer_words(u))
    few, one = len(u.specific) < A_MATTER, len(u.specific) <= 1
    bound = FOREIGN_CERTAIN if one else FOREIGN_IN_A_TALK if few else FOREIGN_FAINT
    return u.foreign < bound and asks_after_all(u, ASKING_FAINT) and certain(u)


def is_within_longer_words(u: Understanding) -> bool:
    """Whether each name is a part of a longer word: 「学生自治会」, 「町内会館」.

    By itself that says little (「町会長」, 「総合計画第5期」). Where it may be foreign as well, it
    was another thing in all of the development sets' cases but one.
    """
    return bool(u.mentions) and all(_goes_beyond(*around(m, u)) for m in u.mentions)


def _goes_beyond(before: str, name: str, after: str) -> bool:
    edges = (before[-1:] + name[:1], name[-1:] + after[:1])
    return any(_ONE_WORD.fullmatch(edge) for edge in edges)


def is_misspelt(u: Understanding) -> bool:
    """Whether a name with mistakes is described as well; mistakes make other words unknown, too."""
    described = u.topic.value in u.nearly_named and u.topic.confidence >= TOPIC_CERTAIN
    return described and certain(u)


def goes_on(u: Understanding) -> bool:
    """Whether the text asks on about the topic, or about those answered side by side."""
    return leans(u) or (clear(u) and bool(meant_of_several(u)))


def describes_ours(u: Understanding) -> bool:
    """Whether the text describes an initiative beyond doubt, and asks something of it.

    The head for topics knows foreign questions as well, and sees the names; of what it is so
    sure of it was right in 99 of 100 held-back lines.
    """
    familiar = not u.unknown and (u.topic.value in u.spoken_of or u.foreign < FOREIGN_CERTAIN)
    doubtful = u.foreign >= FOREIGN_LIKELY and not certain(u)
    return is_described(u) and clear(u) and familiar and not doubtful


def is_described(u: Understanding) -> bool:
    """Whether the words describe an initiative beyond doubt, and name none."""
    described = u.topic.value is not None and u.topic.confidence >= TOPIC_CERTAIN
    return described and not u.mentions


def asks_at_all(u: Understanding) -> bool:
    """Whether the text asks on, or asks for a facet of nothing yet: 「費用の話なんだけど」."""
    return goes_on(u) or asks_barely(u)


def as_question(u: Understanding) -> Understanding:
    """The same, taken for a question about an initiative."""
    return replace(u, intent=ASK, confidence=INTENT_SURE, foreign=0.0)


def elsewhere(u: Understanding) -> bool:
    """Whether another place or a firm is meant."""
    return is_elsewhere(u.text, [mention.text for mention in u.mentions])


def asks_after_all(u: Understanding, asking: float = ASKING_POSSIBLE) -> bool:
    """Whether what sounds like talk is rather a short question: 「なんではじまったの」."""
    about = bool(u.named) or in_foreground(u)
    return clear(u) and about and u.asking >= asking


def two_signals(u: Understanding) -> bool:
    """Whether name and description agree."""
    return u.topic.value in u.named and u.topic.confidence >= TOPIC_SURE
