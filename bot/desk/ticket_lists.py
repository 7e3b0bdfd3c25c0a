"""Which of the desk's lists a ticket stands in, and where in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.model import TicketKind, TicketStatus

if TYPE_CHECKING:
    from bot.conversation.model import Ticket


class TicketView(StrEnum):
    """What a list shows of the tickets of a kind."""

    UNFINISHED = "unfinished"
    """All that somebody has to see to; what is due first comes first."""
    OPEN = "open"
    IN_PROGRESS = "in_progress"
    ANSWERED = "answered"
    CLOSED = "closed"
    ALL = "all"
    """Finished or not, the newest first."""


NEWEST_FIRST = frozenset({TicketView.ANSWERED, TicketView.CLOSED, TicketView.ALL})


@dataclass(frozen=True)
class TicketQuery:
    """One page of a list: tickets of a kind (None: of all kinds), with an assignee or anybody's.

    An assignee's list shows what is unfinished. `cursor` is what the page before ended with;
    `due_before` leaves out what is due later.
    """

    view: TicketView = TicketView.UNFINISHED
    kind: TicketKind | None = None
    assignee: str | None = None
    due_before: datetime | None = None
    cursor: str = ""
    limit: int = 50

    @property
    def list_name(self) -> str:
        """The list that it reads."""
        which = f"of:{self.assignee}" if self.assignee else self.view
        return f"{self.kind or 'any'}:{which}"

    @property
    def newest_first(self) -> bool:
        """Whether the list is read from its end."""
        return not self.assignee and self.view in NEWEST_FIRST


@dataclass(frozen=True)
class Place:
    """Where a ticket stands in a list; the text sorts by the moment that the list goes by.

    Of those with the same moment, the one that came first comes first.
    """

    moment: str
    created: str
    receipt: str
    conversation_id: str

    @classmethod
    def read(cls, member: str) -> Place:
        """A place as the list keeps it."""
        return cls(*member.split(" ", 3))

    def __str__(self) -> str:
        """As the list keeps it."""
        return f"{self.moment} {self.created} {self.receipt} {self.conversation_id}"


def places(ticket: Ticket) -> dict[str, str]:
    """List → what the ticket stands there as."""
    found = {TicketView.ALL.value: ticket.created_at}
    if ticket.is_unfinished:
        due = ticket.due_at or ticket.created_at
        found |= {TicketView.UNFINISHED: due, ticket.status: due}
        if ticket.assignee:
            found[f"of:{ticket.assignee}"] = due
    elif ticket.status == TicketStatus.ANSWERED:
        found[TicketView.ANSWERED] = ticket.answered_at or ticket.created_at
    else:
        found[TicketView.CLOSED] = ticket.closed_at or ticket.created_at
    rest = sortable(ticket.created_at), ticket.receipt, ticket.conversation_id
    return {
        f"{kind}:{name}": str(Place(sortable(at), *rest))
        for kind in (ticket.kind, "any")
        for name, at in found.items()
    }


def sortable(iso: str) -> str:
    """A moment with offset as a text that sorts like the moment."""
    moment = datetime.fromisoformat(iso).astimezone(UTC)
    return moment.isoformat(timespec="milliseconds").removesuffix("+00:00")
