"""What may be used once, or for a while: reply tokens and retry keys."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

from bot.channels.line.simulator import ids

REPLY_SECONDS = 60.0
"""The life of a reply token after its event was delivered."""
RETRY_KEY_SECONDS = 24 * 60 * 60.0
MAX_KEPT = 50_000


@dataclass
class _Reply:
    chat_id: str
    ends: float
    used: bool = False


class ReplyTokens:
    """Each is good for one reply to one chat, within a minute."""

    def __init__(self) -> None:
        """Starts with none."""
        self._tokens: OrderedDict[str, _Reply] = OrderedDict()

    def issue(self, chat_id: str, now: float) -> str:
        """A new token."""
        token = ids.token()
        self._tokens[token] = _Reply(chat_id, now + REPLY_SECONDS)
        while len(self._tokens) > MAX_KEPT:
            self._tokens.popitem(last=False)
        return token

    def delivered(self, token: str, now: float) -> None:
        """The event with this token goes out (again): its minute begins."""
        if token in self._tokens:
            self._tokens[token].ends = now + REPLY_SECONDS

    def peek(self, token: str, now: float) -> str | None:
        """The chat that a token may still reply to."""
        found = self._tokens.get(token)
        return None if found is None or found.used or found.ends <= now else found.chat_id

    def use_up(self, token: str) -> None:
        """The token is spent."""
        self._tokens[token].used = True


@dataclass(frozen=True)
class Accepted:
    """A push that was carried out: its request ID and what it sent."""

    request_id: str
    sent: list[dict[str, Any]]
    ends: float


class RetryKeys:
    """The pushes accepted within the last day, by their keys."""

    def __init__(self) -> None:
        """Starts with none."""
        self._accepted: OrderedDict[str, Accepted] = OrderedDict()

    def find(self, key: str, now: float) -> Accepted | None:
        """The push that was accepted under a key."""
        found = self._accepted.get(key)
        return found if found and found.ends > now else None

    def keep(self, key: str, request_id: str, sent: list[dict[str, Any]], now: float) -> None:
        """Remembers an accepted push."""
        self._accepted[key] = Accepted(request_id, sent, now + RETRY_KEY_SECONDS)
        while len(self._accepted) > MAX_KEPT:
            self._accepted.popitem(last=False)
