"""Puts replies together as one turn, and says what the conversation is about after it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.facet import asked_facets
from actions.figures import differing
from actions.reply import Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from actions.compose import Composer
    from actions.reply import Reply
    from actions.understanding import Understanding
    from bot.knowledge.schema import Facet


def tell(u: Understanding, initiatives: Iterable[str], say: Composer) -> Turn:
    """What is stated, one initiative and facet after the other."""
    initiatives = tuple(initiatives)
    asked = [(one, facet) for one in initiatives for facet in asked_facets(u, say.knowledge[one])]
    turn = one_after_the_other([Turn((_told(u, *one, say),), *one) for one in asked])
    # Of several facets, the one most asked for is carried over to 「じゃあXは？」.
    told = {facet for _, facet in asked}
    facet = u.asked.value if u.asked.value in told else turn.facet
    return replace(turn, facet=facet, together=_side_by_side(u, initiatives))


def _told(u: Understanding, initiative: str, facet: Facet, say: Composer) -> Reply:
    """The stated facts; and that a figure of the citizen's is none of them, if so."""
    reply = say.about(initiative, facet)
    facts = [fact.fact for fact in say.knowledge.facts(initiative, facet)]
    others = differing(u, facts)
    return say.with_correction(reply, others) if others else reply


def _side_by_side(u: Understanding, told: tuple[str, ...]) -> tuple[str, ...]:
    """What 「両方」 and 「前者」 mean next: a pair stays one while it is spoken of."""
    if len(told) > 1:
        return told
    return u.together if set(told) <= set(u.together) else ()


def one_after_the_other(turns: Sequence[Turn]) -> Turn:
    """Several turns as one; only the last keeps its choices, so that 「2番目」 stays clear."""
    *before, last = turns
    bare = [replace(reply, choices=()) for turn in before for reply in turn.replies]
    return last.after(*bare)


def keep(u: Understanding, reply: Reply) -> Turn:
    """A reply that leaves the conversation's topic where it was."""
    return Turn((reply,), u.initiative, u.facet, u.together)


def aside(u: Understanding, reply: Reply) -> Turn:
    """A reply after which 「それ」 no longer safely means the last topic (see in_foreground)."""
    return Turn((reply,), u.initiative, None)
