"""The desk's lists of conversations in Redis."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation

_KEYS = [
    keys.desk("versions"),
    keys.desk("recent"),
    keys.desk("waiting"),
    keys.desk("active"),
]
_EVENT = json.dumps({"kind": "desk"})


class RedisDeskIndex:
    """Sorted sets of conversation IDs; the truth stays in the conversations."""

    def __init__(self, redis: Redis, clock: Clock, retention_days: int) -> None:
        """Takes a client that decodes responses, and the days for which anything is kept."""
        self._redis = redis
        self._clock = clock
        self._keep = timedelta(days=retention_days)
        self._index = script(redis, "index")

    async def update(self, conversation: Conversation) -> None:
        """Brings the lists in line with a conversation; an older version changes nothing."""
        now = self._clock.now()
        await self._index(
            keys=_KEYS,
            args=[
                conversation.id,
                conversation.version,
                _milliseconds(conversation.last_at or conversation.created_at),
                conversation.state,
                _milliseconds(conversation.waiting_since or now.isoformat()),
                _milliseconds((now - self._keep).isoformat()),
                keys.EVENTS,
                _EVENT,
            ],
        )

    async def queue_position(self, conversation_id: str) -> int | None:
        """Place among those who wait, 1 is next; None if it does not wait."""
        rank = await self._redis.zrank(keys.desk("waiting"), conversation_id)
        return None if rank is None else int(cast("int", rank)) + 1

    async def queue_length(self) -> int:
        """How many wait."""
        return int(await self._redis.zcard(keys.desk("waiting")))

    async def waiting(self) -> list[str]:
        """All conversations that wait."""
        found = await self._redis.zrange(keys.desk("waiting"), 0, -1)
        return [str(conversation_id) for conversation_id in found]

    async def conversations(self, which: str, limit: int) -> list[str]:
        """IDs of one list: `waiting` oldest first, `active` and `recent` newest first."""
        if which == "waiting":
            found = await self._redis.zrange(keys.desk("waiting"), 0, limit - 1)
        else:
            found = await self._redis.zrevrange(keys.desk(which), 0, limit - 1)
        return [str(conversation_id) for conversation_id in found]


def _milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)
