"""Which operators have the desk open just now."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock

STAYS_SECONDS = 40
"""So long after its last sign of life an open desk counts; a sign comes every 15 seconds."""
_KEY = keys.desk("present")


class RedisPresence:
    """Signs of life of open desks; each lapses by itself."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._clock = clock

    async def seen(self, operator: str) -> None:
        """An operator has the desk open."""
        now = self._clock.now().timestamp()
        await self._redis.zadd(_KEY, {operator: now + STAYS_SECONDS})
        await self._redis.zremrangebyscore(_KEY, "-inf", now)

    async def present(self) -> list[str]:
        """The names of operators who have the desk open, in no order."""
        now = self._clock.now().timestamp()
        found = await self._redis.zrangebyscore(_KEY, f"({now}", "+inf")
        return [str(name) for name in cast("list[str]", found)]
