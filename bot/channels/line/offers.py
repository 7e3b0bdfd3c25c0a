"""Where the choices of a message go on LINE."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.model import Outcome
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from bot.conversation.model import Message
    from bot.wording import Wording

MAX_QUICK_REPLIES = 13
"""LINE takes no more."""
_FEW = 6
"""So many choices are still found in a row that is swept sideways."""
_WITH_FACETS = {Outcome.ANSWER, Outcome.NOT_STATED, Outcome.MENU}

Choices = tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Offered:
    """Where the choices of a message go."""

    grid: Choices
    rows: Choices
    quick: Choices


def offered(message: Message, wording: Wording) -> Offered:
    """Facets as buttons, long lists as lines, everything else as quick replies."""
    facets = {wording.render(f"facet_{facet}") for facet in Facet}
    with_facets = message.outcome in _WITH_FACETS
    grid = tuple(c for c in message.choices if with_facets and c["label"] in facets)
    rest = tuple(c for c in message.choices if c not in grid)
    many = len(rest) > (_FEW if message.outcome == Outcome.CLARIFY else MAX_QUICK_REPLIES)
    if many or message.outcome == Outcome.MENU:
        return Offered(grid, rest, ())
    return Offered(grid, (), rest)
