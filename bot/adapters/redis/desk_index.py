"""The desk's lists in Redis, and receipt numbers."""

from __future__ import annotations

import json
import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.errors import not_found

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation

_KEYS = [
    keys.desk("versions"),
    keys.desk("recent"),
    keys.desk("waiting"),
    keys.desk("active"),
    keys.desk("tickets:open"),
    keys.desk("tickets:answered"),
]
_EVENT = json.dumps({"kind": "desk"})
_DIGITS = 8


class RedisDeskIndex:
    """Sorted sets of conversation IDs and receipt numbers; the truth stays in the conversations."""

    def __init__(
        self,
        redis: Redis,
        store: RedisConversationStore,
        clock: Clock,
        retention_days: int,
        replicas: int = 0,
    ) -> None:
        """Takes a client that decodes responses, and the store that has the truth.

        An update counts once so many replicas have it.
        """
        self._redis = redis
        self._store = store
        self._clock = clock
        self._keep = timedelta(days=retention_days)
        self._index = script(redis, "index", replicas=replicas)

    async def update(self, conversation: Conversation) -> None:
        """Brings the lists in line with a conversation; an older version changes nothing."""
        tickets = [
            [ticket.receipt, ticket.status, _milliseconds(ticket.created_at)]
            for ticket in await self._store.tickets(conversation.id)
        ]
        now = self._clock.now()
        await self._index(
            keys=_KEYS,
            args=[
                conversation.id,
                conversation.version,
                _milliseconds(conversation.last_at or conversation.created_at),
                conversation.state,
                _milliseconds(conversation.waiting_since or now.isoformat()),
                json.dumps(tickets),
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

    async def open_tickets(self) -> int:
        """How many tickets nobody has answered yet."""
        return int(await self._redis.zcard(keys.desk("tickets:open")))

    async def conversations(self, which: str, limit: int) -> list[str]:
        """IDs of one list: `waiting` oldest first, `active` and `recent` newest first."""
        if which == "waiting":
            found = await self._redis.zrange(keys.desk("waiting"), 0, limit - 1)
        else:
            found = await self._redis.zrevrange(keys.desk(which), 0, limit - 1)
        return [str(conversation_id) for conversation_id in found]

    async def receipts(self, status: str, limit: int) -> list[str]:
        """Receipt numbers: `open` oldest first, `answered` newest first."""
        key = keys.desk(f"tickets:{status}")
        newest_first = status == "answered"
        found = await self._redis.zrange(key, 0, limit - 1, desc=newest_first)
        return [str(receipt) for receipt in found]


class RedisReceipts:
    """Receipt numbers: eight digits, which sound alike to nobody, and no two the same."""

    def __init__(self, redis: Redis, retention_days: int, replicas: int = 0) -> None:
        """Takes a client that decodes responses, and the days for which a number is kept.

        A number counts once so many replicas have it.
        """
        self._redis = redis
        self._keep = retention_days * 24 * 60 * 60
        self._claim = script(redis, "claim", replicas=replicas)

    async def new(self, conversation_id: str) -> str:
        """A receipt number that nobody has, from now on leading to this conversation."""
        while True:
            digits = f"{secrets.randbelow(10**_DIGITS):0{_DIGITS}}"
            receipt = f"{digits[:4]}-{digits[4:]}"
            claim = [conversation_id, self._keep]
            owner = await self._claim(keys=[keys.ticket(receipt)], args=claim)
            if owner == conversation_id:
                return receipt

    async def conversation_id(self, receipt: str) -> str:
        """The conversation that a receipt number belongs to; 404 if there is none."""
        found = await self._redis.get(keys.ticket(receipt))
        if found is None:
            raise not_found("ticket_not_found")
        return str(found)


def _milliseconds(iso: str) -> int:
    return round(datetime.fromisoformat(iso).timestamp() * 1000)
