"""How long citizens waited for an operator, as far as the last hour tells."""

from __future__ import annotations

import secrets
from datetime import datetime
from statistics import median
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock

_KEY = keys.desk("waits")
_HOUR = 60 * 60


class RedisWaits:
    """The waits that ended within the last hour; whose they were is not kept."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._clock = clock

    async def ended(self, since: str) -> None:
        """Somebody who waited since then (ISO 8601) has an operator now."""
        now = self._clock.now()
        waited = max(0.0, (now - datetime.fromisoformat(since)).total_seconds())
        await self._redis.zadd(_KEY, {f"{secrets.token_hex(8)}:{waited:.0f}": now.timestamp()})
        await self._redis.zremrangebyscore(_KEY, "-inf", now.timestamp() - _HOUR)
        await self._redis.expire(_KEY, _HOUR)

    async def expected(self) -> float | None:
        """The median of the last hour's waits in seconds; None if nobody waited."""
        since = self._clock.now().timestamp() - _HOUR
        found = cast("list[str]", await self._redis.zrangebyscore(_KEY, f"({since}", "+inf"))
        return median(float(one.split(":")[1]) for one in found) if found else None
