"""Replies that do not depend on what is asked about: the line, a person, danger, the menu."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.reply import Outcome, Reply
from actions.tell import aside, keep
from bot.conversation.danger import wishes_to_die
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from actions.compose import Composer
    from actions.reply import Turn
    from actions.understanding import Understanding

_PAYLOAD = re.compile(r"/[a-z_]+\s*(\{.*\})?", re.DOTALL | re.IGNORECASE)


def payload(u: Understanding, say: Composer) -> Turn | None:
    """Rasa's payload syntax, typed: it does nothing, and a reply must not look as if it did."""
    if not _PAYLOAD.fullmatch(u.text.strip()):
        return None
    return keep(u, say.plain(Outcome.CLARIFY, "clarify_unreadable", say.menu_choice()))


def opinion(u: Understanding, _: Composer) -> Turn:
    """An opinion, in the citizen's own words; the gateway takes it down and thanks."""
    turn = keep(u, Reply(Outcome.OPINION, effect={"kind": "opinion", "text": u.text}))
    if len(u.named) != 1:
        return turn
    return replace(turn, initiative=u.named[0], facet=Facet.OVERVIEW)


def handoff(u: Understanding, _: Composer) -> Turn:
    """A person is wanted; the gateway knows hours and queue."""
    return keep(u, Reply(Outcome.HANDOFF, effect={"kind": "handoff"}))


def line_info(u: Understanding, say: Composer) -> Turn:
    """The call line's hours and numbers."""
    return keep(u, say.line_info())


def emergency(u: Understanding, say: Composer) -> Turn:
    """119 and 110; warm words and helplines for who wishes to die; and a person."""
    key = "emergency_life" if wishes_to_die(u.text) else "emergency"
    return keep(u, say.plain(Outcome.EMERGENCY, key, say.person()))


def menu(u: Understanding, say: Composer) -> Turn:
    """What one can ask, in all or of a named initiative."""
    if len(u.named) == 1:
        return replace(aside(u, say.menu_of(u.named[0])), initiative=u.named[0])
    return keep(u, say.menu())
