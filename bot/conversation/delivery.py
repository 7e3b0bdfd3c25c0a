"""What is still to be said on a channel that delivers, and what is known of each try."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from bot.conversation.model import ReplyToken


class DeliveryState(StrEnum):
    """How far a message got on its way to the citizen; the desk shows it in words."""

    WAITING = "waiting"
    """On its way."""
    RETRYING = "retrying"
    """It failed more than once and is tried again."""
    SENT = "sent"
    BLOCKED = "blocked"
    QUOTA = "quota"
    FAILED = "failed"
    UNCLEAR = "unclear"
    """No answer came, for longer than the channel remembers; it may have arrived."""
    STORED = "stored"
    """Where the citizen fetches what is said (web): kept, and not fetched yet."""
    SHOWN = "shown"
    """Where the citizen fetches what is said: sent to the citizen's open page."""


UNDELIVERED = frozenset(
    {DeliveryState.BLOCKED, DeliveryState.QUOTA, DeliveryState.FAILED, DeliveryState.UNCLEAR}
)
"""The ends that an operator has to know of."""


@dataclass(frozen=True)
class Delivery:
    """The messages of one change, to be delivered in one piece. Times in ms since 1970."""

    id: str
    """The ID of its first message."""
    messages: tuple[str, ...]
    retry_key: str
    """Under this key the channel accepts the messages once, however often they are sent."""
    token: ReplyToken | None = None
    attempts: int = 0
    not_before: int = 0
    reply_doubt: bool = False
    """A reply was begun and nobody knows whether it was accepted."""
    pushed_at: int | None = None
    """When the retry key was first used."""
    push_doubt: bool = False
    again: bool = False
    """The citizen may have seen it already, and is told so."""
    plain: bool = False
    """The channel would not take how it looked, so it goes as plain text."""
    revision: int = 0
    """Counts how often this record was replaced."""


class Shown(Protocol):
    """How far citizens have got who fetch what is said."""

    async def passed(self, conversation_id: str, message_id: str) -> None:
        """The citizen's page was sent all up to a message; an earlier one changes nothing."""

    async def last(self, conversation_id: str) -> str:
        """The last message that was sent to the page; `START` before the first."""


class Outbox(Protocol):
    """The deliveries of each conversation; written together with the messages they deliver."""

    async def first(self, conversation_id: str) -> Delivery | None:
        """The oldest delivery that is not finished."""

    async def keep(
        self, conversation_id: str, delivery: Delivery, state: DeliveryState | None = None
    ) -> Delivery | None:
        """Replaces a delivery and returns it with its new revision; may note how it stands.

        None if the stored one has another revision: somebody else is at work on it.
        """

    async def finish(self, conversation_id: str, delivery: Delivery, state: DeliveryState) -> bool:
        """Ends a delivery and notes on its messages how; False as `keep`'s None."""

    async def states(self, conversation_id: str) -> dict[str, str]:
        """Message ID → delivery state."""
