"""Conversations that ended days ago: what is in store when the lists are read."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from redis.asyncio import Redis

from bot.adapters.redis.desk_index import RedisDeskIndex
from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.hours import Clock
from bot.conversation.model import Change, Conversation, Draft, Incoming, Outcome, Role, State

SIDE_BY_SIDE = 32
_DAYS = 30
_RETENTION_DAYS = 90


async def store(redis_url: str, count: int) -> None:
    """Keeps so many closed conversations of the last thirty days, as the gateway would have."""
    async with Redis.from_url(redis_url, decode_responses=True) as redis:
        past = _Past(redis, count)
        for first in range(0, count, SIDE_BY_SIDE):
            numbers = range(first, min(first + SIDE_BY_SIDE, count))
            await asyncio.gather(*(past.add(number) for number in numbers))


class _Past:
    def __init__(self, redis: Redis, count: int) -> None:
        self._clock = Clock()
        self._apart = timedelta(days=_DAYS) / count
        self._store = RedisConversationStore(redis, self._clock, _RETENTION_DAYS)
        self._index = RedisDeskIndex(redis, self._clock, _RETENTION_DAYS)

    async def add(self, number: int) -> None:
        at = (self._clock.now() - self._apart * (number + 1)).isoformat(timespec="milliseconds")
        begun = Conversation(f"{number:032x}", "web", 0, at, "nobody's", topic="giga_school")
        await self._store.create(begun)
        said = await self._store.accept(begun.id, Incoming("1", "端末はいつ配られますか", at))
        answer = Draft(Role.BOT, "令和3年4月です。", said, Outcome.ANSWER, final=True)
        changed = Change((answer,), {"state": State.CLOSED}, handles=said)
        await self._store.commit(await self._store.load(begun.id), changed)
        await self._index.update(await self._store.load(begun.id))
