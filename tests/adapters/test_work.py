"""The work list: nothing scheduled is lost, and no two workers get the same conversation."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.adapters.redis.work import RedisWorkList
from bot.conversation.ports import Lease

if TYPE_CHECKING:
    from redis.asyncio import Redis


async def leased(work: RedisWorkList) -> list[str]:
    return [lease.conversation_id for lease in await work.lease(10)]


async def test_a_scheduled_conversation_is_leased_once(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1")
    await work.schedule("c1")
    assert await leased(work) == ["c1"]
    assert await leased(work) == []


async def test_racing_workers_share_the_work(redis: Redis) -> None:
    work = RedisWorkList(redis)
    for n in range(20):
        await work.schedule(f"c{n}")
    taken = await asyncio.gather(*(work.lease(5) for _ in range(8)))
    names = [lease.conversation_id for leases in taken for lease in leases]
    assert sorted(names) == sorted(f"c{n}" for n in range(20))


async def test_news_during_a_lease_bring_the_conversation_again(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1")
    [lease] = await work.lease(1)
    await work.schedule("c1")
    assert await leased(work) == []
    await work.finish(lease)
    assert await leased(work) == ["c1"]


async def test_without_news_a_finished_conversation_does_not_come_again(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1")
    [lease] = await work.lease(1)
    await work.finish(lease)
    assert await leased(work) == []


async def test_a_lapsed_lease_goes_to_another_worker(redis: Redis) -> None:
    work = RedisWorkList(redis, lease_ms=1)
    await work.schedule("c1")
    [lapsed] = await work.lease(1)
    await asyncio.sleep(0.01)
    [lease] = await RedisWorkList(redis).lease(1)
    assert lease.conversation_id == "c1"
    await work.finish(lapsed)  # the first worker wakes up late, and its word no longer counts
    await work.schedule("c1")
    assert await leased(work) == []
    await work.finish(lease)
    assert await leased(work) == ["c1"]


async def test_a_renewed_lease_holds_and_a_lost_one_does_not(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1")
    [lease] = await work.lease(1)
    renewed = await work.renew(lease)
    assert renewed is not None
    assert await work.renew(Lease("c1", "1")) is None
    await work.finish(renewed)
    assert await redis.zcard("bot:{work}:leases") == 0


async def test_what_is_scheduled_for_later_comes_later(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1", 60)
    assert await leased(work) == []
    await work.schedule("c1")
    assert await leased(work) == ["c1"]


async def test_a_later_date_does_not_put_off_an_earlier_one(redis: Redis) -> None:
    work = RedisWorkList(redis)
    await work.schedule("c1")
    await work.schedule("c1", 60)
    assert await leased(work) == ["c1"]
