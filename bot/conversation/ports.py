"""What the conversation needs from outside, and nothing more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.model import (
        Change,
        Conversation,
        Draft,
        Entry,
        Incoming,
        Message,
        Offer,
        Priority,
        Ticket,
    )


@dataclass(frozen=True)
class EngineReply:
    """One reply of the engine; with an effect, the gateway may have to write the text."""

    draft: Draft
    effect: str | None = None
    """`handoff` or `opinion`: something that only the gateway can do."""


@dataclass(frozen=True)
class Guess:
    """An initiative or a facet, and how sure the engine is of it (0–1)."""

    value: str
    confidence: float


@dataclass(frozen=True)
class Understood:
    """What a text is about, best guesses first; nothing where the engine has no guess."""

    initiatives: tuple[Guess, ...] = ()
    facets: tuple[Guess, ...] = ()


class Engine(Protocol):
    """Understands a message and finds the replies."""

    async def reply(
        self, conversation_id: str, message_id: str, text: str, chosen: dict[str, str] | None
    ) -> list[EngineReply]:
        """Answers one message; the same pair of IDs again gets the same replies again.

        Raises:
            EngineUnavailable: ask again later.
            EngineFailed: this message makes it fail.
        """

    async def understand(self, text: str) -> Understood:
        """What a text is about, by itself; no conversation learns of it.

        Raises:
            EngineUnavailable: ask again later.
            EngineFailed: this text makes it fail.
        """

    async def ping(self) -> bool:
        """Whether it would answer now."""

    async def close(self) -> None:
        """Lets go of connections."""


class ConversationStore(Protocol):
    """Keeps conversations and what was said in them."""

    async def create(self, conversation: Conversation) -> None:
        """Stores a new, empty conversation."""

    async def load(self, conversation_id: str) -> Conversation:
        """Reads a conversation's state.

        Raises:
            RequestError: 404, if there is none.
        """

    async def read(
        self, conversation_id: str, after: str | None = None
    ) -> tuple[Conversation, list[Message]]:
        """A conversation and what was said after a message, as of one moment.

        Without a message: after the last one that is handled.

        Raises:
            RequestError: 404, if there is none.
        """

    async def accept(self, conversation_id: str, incoming: Incoming, per_minute: int = 0) -> str:
        """Stores a citizen's message, once for each client_message_id, and returns its ID.

        Raises:
            RequestError: 404, if there is no such conversation; 429, if it is more than so many a
                minute (0: any number). Repeats do not count.
        """

    async def commit(self, conversation: Conversation, change: Change) -> Conversation:
        """Writes a change as a whole and returns the conversation after it.

        Raises:
            Conflict: if the conversation is no longer the one that was loaded.
        """

    async def messages(
        self, conversation_id: str, after: str, limit: int | None = None
    ) -> list[Message]:
        """What was said after a message, oldest first."""

    async def between(self, conversation_id: str, first: str, last: str) -> list[Message]:
        """The messages from one to another, both included, but for those that were withdrawn."""

    async def withdraw(self, conversation_id: str, client_message_id: str, text: str) -> str | None:
        """Takes a citizen's message back, and returns its ID; `text` stands in its place.

        A message that has not come yet will not be stored when it does.
        """

    async def withdrawn(self, conversation_id: str) -> list[Message]:
        """What stands in the place of messages taken back, oldest first."""

    async def history(self, conversation_id: str) -> list[Entry]:
        """What happened to the conversation beside what was said, oldest first."""

    async def last_entry(self, conversation_id: str) -> str | None:
        """The ID of the history's last entry."""

    async def offer(self, conversation_id: str, choice: str) -> Offer | None:
        """What an opaque choice stands for, if it was offered in this conversation."""

    async def tickets(self, conversation_id: str) -> list[Ticket]:
        """The tickets of a conversation, oldest first."""


class Receipts(Protocol):
    """Hands out receipt numbers (受付番号)."""

    async def new(self, conversation_id: str) -> str:
        """A receipt number that nobody has, from now on leading to this conversation."""


class Forms(Protocol):
    """Hands out contact forms for what is personal."""

    async def new(self, conversation_id: str) -> str:
        """The secret token of a new form, from now on leading to this conversation."""


class DeskIndex(Protocol):
    """The desk's lists, derived from the conversations."""

    async def update(self, conversation: Conversation) -> None:
        """Brings the lists in line with a conversation; an older version changes nothing."""

    async def queue_position(self, conversation_id: str) -> int | None:
        """Place among those who wait, 1 is next; None if it does not wait."""

    async def queue_length(self) -> int:
        """How many wait."""

    async def queue(self) -> list[str]:
        """All that wait, the next one first."""

    async def next_place(self, priority: Priority | None) -> int:
        """The place that one more with this priority would get."""


class TicketIndex(Protocol):
    """The desk's lists of tickets, derived from the conversations."""

    async def update(self, tickets: Iterable[Ticket]) -> None:
        """Brings the lists in line with tickets; an older version changes nothing."""


class Waits(Protocol):
    """How long citizens waited for an operator."""

    async def ended(self, since: str) -> None:
        """Somebody who waited since then (ISO 8601) has an operator now."""

    async def expected(self) -> float | None:
        """The median of the last hour's waits in seconds; None if nobody waited."""


class Presence(Protocol):
    """Who is there to answer."""

    async def present(self) -> list[str]:
        """The names of operators who have the desk open, in no order."""


@dataclass(frozen=True)
class Lease:
    """The right to work on a conversation until `ends` (the list's own marking of that moment)."""

    conversation_id: str
    ends: str


@dataclass(frozen=True)
class Load:
    """How full a work list is, on all gateways together."""

    waiting: int
    """Conversations that are due and not taken up yet."""
    at_work: int
    """Conversations that are being settled."""


class WorkList(Protocol):
    """Conversations that have something to do, each leased by one worker at a time."""

    name: str
    """What its workers are woken by."""
    lease_ms: int
    """How long a lease holds unless it is renewed."""

    async def schedule(self, conversation_id: str, delay: float = 0.0) -> Load:
        """Puts a conversation on the list, due in so many seconds; the earlier time wins.

        Returns how full the list is with it.
        """

    async def lease(self, at_most: int) -> list[Lease]:
        """Takes conversations that are due."""

    async def renew(self, lease: Lease) -> Lease | None:
        """Prolongs a lease; None if it has lapsed and somebody else may have it."""

    async def finish(self, lease: Lease, again_in: float | None = None) -> None:
        """Gives a conversation back, to come again after so many seconds or when there is news."""


class Live(Protocol):
    """Tells open pages what is going on right now."""

    async def typing(self, conversation_id: str, role: str, *, typing: bool) -> None:
        """Shows or hides that bot or operator is writing; a lost call does no harm."""
