"""Does what an offered choice stands for, once it is clear which is meant."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from actions.fixed import handoff, line_info, menu
from actions.reply import HANDOFF, LINE_INFO
from actions.tell import one_after_the_other, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.compose import Composer
    from actions.reply import Payload, Turn
    from actions.understanding import Understanding


def _pair(u: Understanding) -> tuple[str, ...]:
    """The two initiatives of which one was to be chosen; 「もう片方は？」 then means the other."""
    asked = u.offer if u.facet is None else ()
    pair = tuple(dict.fromkeys(one.initiative for one in asked if one.initiative))
    return pair if len(pair) == 2 else ()  # noqa: PLR2004 - a pair


def follow(u: Understanding, payloads: Sequence[Payload], say: Composer) -> Turn:
    """Answers the chosen questions, one after the other; or does the one other thing."""
    asked = [(p.initiative, p.facet) for p in payloads if p.initiative]
    if asked:
        turn = one_after_the_other([tell(u.about(*one), one[:1], say) for one in asked])
        return replace(turn, together=_pair(u) or turn.together)
    return {HANDOFF: handoff, LINE_INFO: line_info}.get(payloads[0].intent, menu)(u, say)
