"""How often something may happen, counted in Redis for all gateways together."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script

if TYPE_CHECKING:
    from redis.asyncio import Redis


class RedisRates:
    """Levels that sink by themselves; each is forgotten after a minute of quiet."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._allow = script(redis, "bucket", "allow")

    async def allow(self, subject: str, per_minute: int) -> int:
        """Counts one more of a subject; 0, or the seconds after which it would be allowed.

        A minute's worth may come at once. The subject is not kept, only its hash.
        """
        digest = hashlib.sha256(subject.encode()).hexdigest()[:32]
        return int(await self._allow(keys=[keys.rate(digest)], args=[per_minute]))
