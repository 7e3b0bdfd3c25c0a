"""The work list in Redis: conversations with something to do, each leased by one worker at a time.

A lease that its worker no longer renews lapses, and another worker takes the conversation up. That
two may then work on one conversation does no harm: only one can commit (see the store).
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.conversation.ports import Lease, Load

if TYPE_CHECKING:
    from redis.asyncio import Redis

LEASE_MS = 10_000


class RedisWorkList:
    """A work list; lists of other names are apart, and wake others."""

    def __init__(
        self, redis: Redis, lease_ms: int = LEASE_MS, name: str = "work", replicas: int = 0
    ) -> None:
        """Takes a client that decodes responses, and how long a lease holds.

        What is scheduled for later, in case of an accident, counts once so many replicas have it.
        """
        self.lease_ms = lease_ms
        self.name = name
        self._keys = [keys.work(part, name) for part in ("due", "leases", "again")]
        self._event = json.dumps({"kind": name})
        self._schedule = script(redis, "schedule")
        self._schedule_safely = script(redis, "schedule", replicas=replicas)
        self._lease = script(redis, "lease")
        self._renew = script(redis, "renew")
        self._finish = script(redis, "finish")

    async def schedule(self, conversation_id: str, delay: float = 0.0) -> Load:
        """Puts a conversation on the list, due in so many seconds; the earlier time wins.

        Returns how full the list is with it.
        """
        milliseconds = round(delay * 1000)
        put = self._schedule_safely if delay else self._schedule
        waiting, at_work = await put(
            keys=self._keys, args=[conversation_id, milliseconds, keys.EVENTS, self._event]
        )
        return Load(waiting, at_work)

    async def lease(self, at_most: int) -> list[Lease]:
        """Takes conversations that are due."""
        flat = await self._lease(keys=self._keys, args=[at_most, self.lease_ms])
        return [Lease(flat[i], flat[i + 1]) for i in range(0, len(flat), 2)]

    async def renew(self, lease: Lease) -> Lease | None:
        """Prolongs a lease; None if it has lapsed and somebody else may have it."""
        ends = await self._renew(
            keys=self._keys[1:2], args=[lease.conversation_id, lease.ends, self.lease_ms]
        )
        return Lease(lease.conversation_id, ends) if ends else None

    async def finish(self, lease: Lease, again_in: float | None = None) -> None:
        """Gives a conversation back, to come again after so many seconds or when there is news."""
        delay = -1 if again_in is None else round(again_in * 1000)
        await self._finish(keys=self._keys, args=[lease.conversation_id, lease.ends, delay])
