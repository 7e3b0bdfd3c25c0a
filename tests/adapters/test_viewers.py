"""Who looks at a conversation: known while the page lives, and forgotten by itself."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.summaries import RedisSummaries
from bot.adapters.redis.viewers import STAYS_SECONDS, RedisViewers, viewers_key
from tests.fakes import StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis


async def world(redis: Redis) -> tuple[StoppedClock, RedisViewers]:
    clock = StoppedClock()
    await RedisConversationStore(redis, clock, 90).create(conversation("c1"))
    return clock, RedisViewers(redis, clock)


async def shown(redis: Redis, clock: StoppedClock) -> list[str]:
    [line] = await RedisSummaries(redis, clock).read(["c1"])
    assert line is not None
    viewers: list[str] = line["viewers"]
    return viewers


async def test_each_operator_is_named_once_however_many_pages(redis: Redis) -> None:
    clock, viewers = await world(redis)
    for operator, page in (("suzuki", "a"), ("sato", "b"), ("suzuki", "c")):
        await viewers.seen("c1", operator, page)
    assert await shown(redis, clock) == ["sato", "suzuki"]
    await viewers.gone("c1", "suzuki", "a")
    assert await shown(redis, clock) == ["sato", "suzuki"]
    await viewers.gone("c1", "suzuki", "c")
    assert await shown(redis, clock) == ["sato"]


async def test_a_page_that_died_is_forgotten(redis: Redis) -> None:
    clock, viewers = await world(redis)
    await viewers.seen("c1", "sato", "a")
    assert 0 < await redis.ttl(viewers_key("c1")) <= STAYS_SECONDS
    clock.at += timedelta(seconds=STAYS_SECONDS + 1)
    assert await shown(redis, clock) == []


async def test_only_news_are_told(redis: Redis) -> None:
    clock, viewers = await world(redis)
    async with redis.pubsub() as subscription:
        await subscription.subscribe("bot:events")
        for _ in range(3):
            await viewers.seen("c1", "sato", "a")
        await viewers.gone("c1", "sato", "a")
        told = 0
        while await subscription.get_message(timeout=0.5):
            told += 1
    assert told - 1 == 2  # the subscription itself is told of first
    assert await shown(redis, clock) == []
