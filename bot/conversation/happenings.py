"""Small pure helpers with which the flow words entries of the history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.model import Entry, HandoffReason, Happening, Intent, Outcome, Role, position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.model import Message, Ticket


def queued(message: Message, said: Iterable[Message]) -> Entry:
    """That a message called for a person; `said` is the transcript, in order.

    Its detail has the `reason` and, if anything was answered before, the outcome of that (`after`).
    """
    earlier = [
        one
        for one in said
        if one.outcome and position(one.id) < position(message.id) and one.in_reply_to != message.id
    ]
    last = earlier[-1] if earlier else None
    detail = {"reason": str(_reason(message, last))}
    if last is not None:
        detail["after"] = str(last.outcome)
    return Entry(Happening.QUEUED, detail=detail)


def taken_down(ticket: Ticket) -> Entry:
    """That a ticket or an opinion was taken down."""
    return Entry(Happening.TICKET, detail={"receipt": ticket.receipt, "kind": ticket.kind})


def _reason(message: Message, last: Message | None) -> HandoffReason:
    """Why; an operator's words that have an outcome are the answer to a ticket."""
    if last is not None and last.role == Role.OPERATOR and last.outcome == Outcome.HANDOFF:
        return HandoffReason.TICKET
    clicked = message.chosen is not None and message.chosen.get("intent") == Intent.HANDOFF
    return HandoffReason.OFFERED if clicked else HandoffReason.ASKED
