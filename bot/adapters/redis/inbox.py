"""Events that a channel received and nobody has looked at yet, in the order in which they happened.

Each conversation has a sorted set of them, by their time. An event that just happened waits for a
moment, in case an older one is still on its way; one that comes later still is taken when it comes.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.adapters.redis import keys
from bot.adapters.redis.records import stored_fields
from bot.adapters.redis.scripts import script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.model import Conversation

GRACE_MS = 300
"""So long after it happened an event waits for older ones; never longer after it arrived."""
REMEMBER_MS = 7 * 24 * 60 * 60 * 1000
"""So long an event that comes again is known."""


@dataclass(frozen=True)
class Received:
    """An event in the inbox; times in ms since 1970. `raw` is how the inbox knows it."""

    event: dict[str, Any]
    arrived: int
    wait_seconds: float
    raw: str


class RedisInbox:
    """The inboxes of all conversations."""

    def __init__(
        self, redis: Redis, retention_days: int, grace_ms: int = GRACE_MS, replicas: int = 0
    ) -> None:
        """Takes a client that decodes responses, and the days for which anything is kept.

        An event is received once so many replicas have it.
        """
        self._redis = redis
        self._keep = retention_days * 24 * 60 * 60
        self._grace_ms = grace_ms
        self._receive = script(redis, "receive", replicas=replicas)
        self._next = script(redis, "next_event")

    async def put(self, conversation: Conversation, event: dict[str, Any]) -> bool:
        """Stores an event by its `id` and `timestamp`, once; begins the conversation if needed."""
        parts = ("state", "events", "inbox")
        new = await self._receive(
            keys=[keys.conversation(conversation.id, part) for part in parts],
            args=[
                event["id"],
                event["timestamp"],
                json.dumps(event, ensure_ascii=False, separators=(",", ":")),
                json.dumps(stored_fields(conversation)),
                REMEMBER_MS,
                self._keep,
            ],
        )
        return bool(new)

    async def first(self, conversation_id: str) -> Received | None:
        """The oldest event, with the seconds to wait before it is taken."""
        found = await self._next(
            keys=[keys.conversation(conversation_id, "inbox")], args=[self._grace_ms]
        )
        if not found:
            return None
        arrived, _, event = found[0].partition(" ")
        return Received(json.loads(event), int(arrived), int(found[1]) / 1000, found[0])

    async def done(self, conversation_id: str, received: Received) -> None:
        """Takes an event out."""
        await self._redis.zrem(keys.conversation(conversation_id, "inbox"), received.raw)
