"""What operators do with messages and opinions that were left for them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.adapters.redis.receipts import unknown_receipt
from bot.conversation.model import (
    Change,
    Draft,
    Entry,
    Happening,
    Outcome,
    Role,
    TicketStatus,
)
from bot.conversation.receipts import normal
from bot.errors import Conflict, bad_request, conflict

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.adapters.redis.desk_index import RedisDeskIndex
    from bot.adapters.redis.receipts import RedisReceipts
    from bot.adapters.redis.store import RedisConversationStore
    from bot.adapters.redis.ticket_index import RedisTicketIndex
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation, Ticket
    from bot.conversation.ports import WorkList
    from bot.desk.accounts import Operators
    from bot.wording import Wording

SAFETY_SECONDS = 5.0
"""A worker checks the desk's lists so long after a change, in case this process dies meanwhile."""


class TicketDesk:
    """Each method reloads and decides again when somebody else was faster.

    `seen` is the ticket's version that the operator decided on; whoever decides on an older one is
    refused with 409 `ticket_stale`.
    """

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: RedisConversationStore,
        lists: RedisTicketIndex,
        index: RedisDeskIndex,
        receipts: RedisReceipts,
        operators: Operators,
        work: WorkList,
        clock: Clock,
        wording: Wording,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._lists = lists
        self._index = index
        self._receipts = receipts
        self._operators = operators
        self._work = work
        self._clock = clock
        self._wording = wording

    async def find(self, typed: str) -> Ticket:
        """The ticket of a receipt number, however it was typed; 404 if there is none."""
        receipt = normal(typed)
        conversation_id = await self._receipts.conversation_id(receipt)
        for ticket in await self._store.tickets(conversation_id):
            if ticket.receipt == receipt:
                return ticket
        raise unknown_receipt(receipt)

    async def assign(self, typed: str, operator: str, to: str | None, seen: int) -> Ticket:
        """Gives an unfinished ticket to an operator, or to nobody."""
        if to is not None and await self._operators.find(to) is None:
            raise bad_request("unknown_operator")

        def decide(ticket: Ticket) -> Change:
            _check(ticket, seen)
            status = TicketStatus.IN_PROGRESS if to else TicketStatus.OPEN
            changed = replace(ticket, assignee=to, status=status)
            return self._changed(changed, operator, "assigned", to=to or "")

        return await self._change(await self.find(typed), decide)

    async def set_due(self, typed: str, operator: str, due: datetime, seen: int) -> Ticket:
        """Says when an unfinished ticket is to be finished."""

        def decide(ticket: Ticket) -> Change:
            _check(ticket, seen)
            changed = replace(ticket, due_at=due.isoformat())
            return self._changed(changed, operator, "due", due=due.isoformat())

        return await self._change(await self.find(typed), decide)

    async def close(self, typed: str, operator: str, reason: str, seen: int) -> Ticket:
        """Ends a ticket without an answer; the reason stays in the history, for operators."""

        def decide(ticket: Ticket) -> Change:
            _check(ticket, seen)
            changed = replace(ticket, status=TicketStatus.CLOSED, closed_at=self._now())
            return self._changed(changed, operator, "closed", reason)

        return await self._change(await self.find(typed), decide)

    async def reopen(self, typed: str, operator: str, seen: int) -> Ticket:
        """Takes up again what was closed without an answer; it is the operator's now."""

        def decide(ticket: Ticket) -> Change:
            if ticket.version != seen or ticket.status != TicketStatus.CLOSED:
                raise conflict("ticket_stale")
            status = TicketStatus.IN_PROGRESS
            changed = replace(ticket, status=status, assignee=operator, closed_at=None)
            return self._changed(changed, operator, "reopened")

        return await self._change(await self.find(typed), decide)

    async def answer(
        self, typed: str, operator: str, text: str, client_message_id: str, seen: int | None
    ) -> Ticket:
        """Answers a ticket in its conversation, whoever has that conversation now.

        The same `client_message_id` again is the same answer.
        """
        own = f"operator:{operator}:{client_message_id}"

        def decide(ticket: Ticket) -> Change:
            _check(ticket, seen)
            if ticket.assignee not in {None, operator}:
                raise conflict("ticket_assigned", operator=ticket.assignee or "")
            status = TicketStatus.ANSWERED
            changed = replace(ticket, status=status, answered_by=operator, answered_at=self._now())
            notice = self._wording.render("ticket_reply", receipt=ticket.receipt)
            drafts = (
                Draft(Role.SYSTEM, notice),
                Draft(Role.OPERATOR, text, ticket.message_id, Outcome.HANDOFF, author=operator),
            )
            change = self._changed(changed, operator, "answered")
            return replace(change, drafts=drafts, client_message_id=own)

        ticket = await self.find(typed)
        if await self._store.seen(ticket.conversation_id, own):
            return ticket
        return await self._change(ticket, decide, repeat=own)

    async def _change(
        self, found: Ticket, decide: Callable[[Ticket], Change], repeat: str = ""
    ) -> Ticket:
        """Writes what is decided on the ticket as it is now.

        Of two equal requests at once, the second one finds that its `repeat` is already known.
        """
        await self._work.schedule(found.conversation_id, SAFETY_SECONDS)
        while True:
            conversation = await self._store.load(found.conversation_id)
            ticket = await self.find(found.receipt)
            if repeat and await self._store.seen(conversation.id, repeat):
                return ticket
            change = decide(ticket)
            try:
                changed = await self._store.commit(conversation, change)
            except Conflict:
                continue
            await self._bring_in_line(changed, change)
            return await self.find(found.receipt)

    async def _bring_in_line(self, changed: Conversation, change: Change) -> None:
        await self._index.update(changed)
        await self._lists.update(change.tickets)

    def _changed(
        self, ticket: Ticket, operator: str, what: str, text: str = "", **detail: str
    ) -> Change:
        entry = Entry(
            Happening.TICKET_CHANGED,
            operator,
            text,
            {"receipt": ticket.receipt, "what": what, **detail},
        )
        return Change(tickets=(replace(ticket, version=ticket.version + 1),), history=(entry,))

    def _now(self) -> str:
        return self._clock.now().isoformat(timespec="milliseconds")


def _check(ticket: Ticket, seen: int | None) -> None:
    """409 unless the ticket is unfinished, and as the operator saw it."""
    if not ticket.is_unfinished:
        raise conflict("ticket_finished")
    if seen is not None and ticket.version != seen:
        raise conflict("ticket_stale")
