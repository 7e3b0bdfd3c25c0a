"""Does what an offered choice stands for, once it is clear which is meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from actions.fixed import handoff, line_info, menu
from actions.reply import HANDOFF, LINE_INFO
from actions.tell import one_after_the_other, tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from actions.compose import Composer
    from actions.reply import Payload, Turn
    from actions.understanding import Understanding


def follow(u: Understanding, payloads: Sequence[Payload], say: Composer) -> Turn:
    """Answers the chosen questions, one after the other; or does the one other thing."""
    asked = [(p.initiative, p.facet) for p in payloads if p.initiative]
    if asked:
        return one_after_the_other([tell(u.about(*one), one[:1], say) for one in asked])
    return {HANDOFF: handoff, LINE_INFO: line_info}.get(payloads[0].intent, menu)(u, say)
