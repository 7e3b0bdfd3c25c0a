"""The audit log in Redis: who did what at the desk, append-only."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock

_KEY = keys.desk("audit")


class RedisAudit:
    """A stream that this program only ever adds to."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._clock = clock

    async def record(self, action: str, operator: str, subject: dict[str, str]) -> None:
        """Keeps that an operator did something; `subject` says to what."""
        entry = {
            "at": self._clock.now().isoformat(timespec="milliseconds"),
            "action": action,
            "operator": operator,
            "subject": subject,
        }
        await self._redis.xadd(_KEY, {"e": json.dumps(entry, ensure_ascii=False)})
