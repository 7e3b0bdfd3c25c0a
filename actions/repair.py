"""「そっちじゃなくて」: what the citizen meant instead of what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.context import is_rejected, returned_to
from actions.facet import guessed_facets
from actions.thresholds import TOPIC_SURE
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from actions.understanding import Understanding


def meant_initiative(u: Understanding) -> str | None:
    """The initiative that is meant, or None if the text does not say."""
    kept = [m.initiative for m in u.mentions if not is_rejected(m, u)]
    others = [one for one in kept if one != u.initiative] or kept
    if others:
        return others[-1]
    described = u.topic.value if u.topic.confidence >= TOPIC_SURE else None
    if described and described != u.initiative and not u.mentions:
        return described
    return returned_to(u)


def meant_facet(u: Understanding) -> str | None:
    """The facet that is meant: one that the words name, else the one asked before.

    「町内会の話」 sounds like a wish for an overview, but the question stays what it was.
    """
    named = [facet for facet in guessed_facets(u) if facet is not Facet.OVERVIEW]
    others = [facet for facet in named if facet != u.facet]  # that one may be turned down
    if named:
        return (others or named)[0]
    offered = u.offer[0].facet if u.offer and u.facet is None else None
    return u.facet or offered


def switches_facet(u: Understanding) -> bool:
    """Whether only the facet was misunderstood, or told too little: 「ちがう、時期を聞いてる」."""
    facets = guessed_facets(u)
    return u.initiative is not None and bool(facets) and facets[0] is not Facet.OVERVIEW
