"""Which PRIVACY_KEY the stored conversations belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redis.asyncio import Redis

_KEY = "bot:{privacy}:key"


class RedisFingerprint:
    """Remembers the fingerprint of the first key that was used."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis

    async def is_known(self, fingerprint: str) -> bool:
        """Whether this is the fingerprint of the first key; the first one always is."""
        await self._redis.setnx(_KEY, fingerprint)
        return bool(await self._redis.get(_KEY) == fingerprint)
