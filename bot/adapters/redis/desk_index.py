"""The desk's lists of conversations in Redis."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.hub import QUEUE
from bot.adapters.redis.scripts import script
from bot.conversation.model import Priority

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation

_KEYS = [
    keys.desk("versions"),
    keys.desk("recent"),
    keys.desk("waiting"),
    keys.desk("active"),
    keys.desk("closed"),
    keys.desk("owners"),
]
_QUEUE_CHANGED = json.dumps({"kind": QUEUE})
_RANKS = [*Priority, None]
_RANK = 10**14
"""More than any time in ms: the queue is in order of priority first, then of time."""


@dataclass(frozen=True)
class Cursor:
    """The last conversation told: the next page begins behind it. As text `<score>:<member>`."""

    score: str
    member: str

    @classmethod
    def parse(cls, text: str) -> Cursor:
        """Reads what `str` wrote.

        Raises:
            ValueError: if the text is no cursor.
        """
        score, colon, member = text.partition(":")
        if not (score.isdecimal() and score.isascii() and colon and member.isascii()):
            raise ValueError(text)
        return cls(score, member)

    def __str__(self) -> str:
        """The cursor as clients keep it."""
        return f"{self.score}:{self.member}"


class RedisDeskIndex:
    """Sorted sets of conversation IDs; the truth stays in the conversations."""

    def __init__(self, redis: Redis, clock: Clock, retention_days: int, replicas: int = 0) -> None:
        """Takes a client that decodes responses, and the days for which anything is kept.

        An update counts once so many replicas have it.
        """
        self._redis = redis
        self._clock = clock
        self._keep = timedelta(days=retention_days)
        self._index = script(redis, "index", replicas=replicas)
        self._page = script(redis, "page")

    async def update(self, conversation: Conversation) -> None:
        """Brings the lists in line with a conversation; an older version changes nothing."""
        now = self._clock.now()
        since = _milliseconds(conversation.waiting_since or now.isoformat())
        await self._index(
            keys=_KEYS,
            args=[
                conversation.id,
                conversation.version,
                _milliseconds(conversation.last_at or conversation.created_at),
                conversation.state,
                _rank(conversation.priority) * _RANK + since,
                _milliseconds((now - self._keep).isoformat()),
                keys.EVENTS,
                json.dumps({"kind": "line", "conversation_id": conversation.id}),
                _QUEUE_CHANGED,
                conversation.owner or "",
                keys.desk("owner:"),
            ],
        )

    async def queue_position(self, conversation_id: str) -> int | None:
        """Place among those who wait, 1 is next; None if it does not wait."""
        rank = await self._redis.zrank(keys.desk("waiting"), conversation_id)
        return None if rank is None else int(cast("int", rank)) + 1

    async def queue_length(self) -> int:
        """How many wait."""
        return int(await self._redis.zcard(keys.desk("waiting")))

    async def queue(self) -> list[str]:
        """All that wait, the next one first."""
        found = await self._redis.zrange(keys.desk("waiting"), 0, -1)
        return [str(conversation_id) for conversation_id in found]

    async def next_place(self, priority: Priority | None) -> int:
        """The place that one more with this priority would get."""
        behind = (_rank(priority) + 1) * _RANK
        return int(await self._redis.zcount(keys.desk("waiting"), "-inf", f"({behind}")) + 1

    async def conversations(
        self, which: str, limit: int, after: Cursor | None = None
    ) -> tuple[list[str], Cursor | None]:
        """IDs of one list, and where the next page begins, if there is more.

        `waiting` is in the order in which they are to be served; `recent`, `active`, `closed` and
        `owner:<name>` have the newest first.
        """
        newest_first = which != "waiting"
        place = [after.score, after.member] if after else ["", ""]
        flat = await self._page(keys=[keys.desk(which)], args=[int(newest_first), limit, *place])
        found = [Cursor(flat[i + 1], flat[i]) for i in range(0, len(flat), 2)]
        shown = found[:limit]
        return [one.member for one in shown], shown[-1] if len(found) > limit else None


def _rank(priority: str | None) -> int:
    return _RANKS.index(Priority(priority) if priority else None)


def _milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)
