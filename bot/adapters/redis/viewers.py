"""Which operators look at a conversation just now."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock

STAYS_SECONDS = 40
"""So long after its last sign of life an open page counts; a sign comes every 15 seconds."""


def viewers_key(conversation_id: str) -> str:
    """A sorted set: `<operator>:<page>` → until when it counts (seconds since 1970)."""
    return keys.conversation(conversation_id, "viewers")


def names_in(members: list[str]) -> tuple[str, ...]:
    """The operators behind members of that set, each once, in order."""
    return tuple(sorted({member.rpartition(":")[0] for member in members}))


class RedisViewers:
    """Signs of life of pages with a conversation open; each lapses by itself."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._clock = clock
        self._seen = script(redis, "viewer")

    def now(self) -> float:
        """The moment up to which members have lapsed (seconds since 1970)."""
        return self._clock.now().timestamp()

    async def seen(self, conversation_id: str, operator: str, page: str) -> None:
        """An operator has the conversation open on a page; others hear of it when that is new."""
        key, now = viewers_key(conversation_id), self.now()
        args = [f"{operator}:{page}", now + STAYS_SECONDS, now, STAYS_SECONDS]
        if await self._seen(keys=[key], args=args):
            await self._tell(conversation_id)

    async def gone(self, conversation_id: str, operator: str, page: str) -> None:
        """The page has closed the conversation."""
        await self._redis.zrem(viewers_key(conversation_id), f"{operator}:{page}")
        await self._tell(conversation_id)

    async def _tell(self, conversation_id: str) -> None:
        event = {"kind": "line", "conversation_id": conversation_id}
        await self._redis.publish(keys.EVENTS, json.dumps(event))
