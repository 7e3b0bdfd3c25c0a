"""What LINE knows and does: chats, tokens, quota, menus, and what it keeps of all calls."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from bot.channels.line.simulator import ids
from bot.channels.line.simulator.answers import Refused
from bot.channels.line.simulator.bell import Bell
from bot.channels.line.simulator.clock import MovableClock
from bot.channels.line.simulator.faults import Faults
from bot.channels.line.simulator.phones import Entry, Phone, Phones, Side
from bot.channels.line.simulator.richmenus import RichMenus
from bot.channels.line.simulator.tokens import ReplyTokens, RetryKeys
from bot.channels.line.simulator.webhooks import Webhooks

if TYPE_CHECKING:
    from bot.channels.line.simulator.answers import Answer

MAX_CALLS = 60_000
DEFAULT_QUOTA = 200


@dataclass(frozen=True)
class Keys:
    """What the bot has to show, what webhooks are signed with, and where they go."""

    secret: str
    access_token: str
    webhook: str


@dataclass
class Quota:
    """How many pushes a month may hold; None: any number."""

    limit: int | None = DEFAULT_QUOTA
    used: int = 0

    def spend(self) -> None:
        """Counts a push.

        Raises:
            Refused: 429, when the month's are spent.
        """
        if self.limit is not None and self.used >= self.limit:
            raise Refused(HTTPStatus.TOO_MANY_REQUESTS, "You have reached your monthly limit.")
        self.used += 1


class Line:
    """The stand-in itself, without HTTP."""

    def __init__(self, keys: Keys) -> None:
        """Starts empty, as if the account had just been made."""
        self.keys = keys
        self.bot_id = ids.chat_id("U")
        self.clock = MovableClock()
        self.bell = Bell()
        self.phones = Phones()
        self.reply_tokens = ReplyTokens()
        self.retry_keys = RetryKeys()
        self.faults = Faults()
        self.quota = Quota()
        self.menus = RichMenus()
        self.calls: deque[dict[str, Any]] = deque(maxlen=MAX_CALLS)
        self.calls_met = 0
        self.webhooks = Webhooks(keys.secret, self.bot_id, self._begin_life)
        self.webhooks.endpoint = keys.webhook

    def show(self, phone: Phone, messages: list[dict[str, Any]], via: str) -> list[dict[str, str]]:
        """Puts messages of the account on a phone, unless its owner has blocked the account.

        Returns:
            The sent messages as LINE names them.
        """
        sent = []
        for message in messages:
            entry = Entry(ids.message_id(), Side.ACCOUNT, self.clock.now_ms(), message, via=via)
            if phone.following:
                phone.entries.append(entry)
            sent.append({"id": entry.id, "quoteToken": ids.token()})
        phone.loading_until = 0.0
        self.bell.ring(phone.id)
        return sent

    def note(self, call: str, given: Any, answer: Answer | None, request_id: str) -> None:  # noqa: ANN401
        """Keeps a call and its answer; None: the connection was cut."""
        status = answer.status if answer else 0
        at = self.clock.now_ms()
        kept = {"call": call, "at": at, "body": given, "status": status, "request_id": request_id}
        self.calls.append(kept)
        self.calls_met += 1

    async def stop(self) -> None:
        """Ends what runs in the background."""
        await self.webhooks.stop()

    def _begin_life(self, event: dict[str, Any]) -> None:
        if "replyToken" in event:
            self.reply_tokens.delivered(event["replyToken"], self.clock.now())
