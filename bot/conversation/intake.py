"""Takes down what is left for operators: a ticket with its receipt number and its due time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.model import Ticket, TicketKind

if TYPE_CHECKING:
    from bot.conversation.hours import Calendar, Clock
    from bot.conversation.model import Conversation
    from bot.conversation.ports import Receipts


class Intake:
    """Makes tickets; whoever asks for one stores it with its conversation."""

    def __init__(
        self, *, receipts: Receipts, clock: Clock, calendar: Calendar, due_days: int
    ) -> None:
        """Takes the ports it talks to; tickets are due at the end of the so-many-th day to open."""
        self._receipts = receipts
        self._clock = clock
        self._calendar = calendar
        self._due_days = due_days

    async def ticket(
        self,
        conversation: Conversation,
        text: str,
        message_id: str,
        *,
        kind: TicketKind = TicketKind.MESSAGE,
        receipt: str | None = None,
    ) -> Ticket:
        """A new ticket, under a number of its own unless one is given."""
        now = self._clock.now()
        return Ticket(
            receipt=receipt or await self._receipts.new(conversation.id),
            kind=kind,
            text=text,
            conversation_id=conversation.id,
            channel=conversation.channel,
            message_id=message_id,
            created_at=now.isoformat(),
            due_at=self._calendar.due(now, self._due_days).isoformat(),
        )
