"""What every work list must do: nothing scheduled is lost, nothing is handed to two workers."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.work import RedisWorkList
from bot.conversation.ports import Lease, Load
from tests.fakes import FakeWorkList

if TYPE_CHECKING:
    from redis.asyncio import Redis

Make = "Callable[..., Any]"


@pytest.fixture(params=["fake", "redis"])
def make(request: pytest.FixtureRequest, redis: Redis) -> Make:
    """Makes work lists that all show the same list."""
    if request.param == "redis":
        return lambda lease_ms=10_000: RedisWorkList(redis, lease_ms)
    shared: dict[str, Any] = {"due": {}, "leases": {}, "again": set()}
    return lambda lease_ms=10_000: FakeWorkList(lease_ms, shared)


async def leased(work: Any) -> list[str]:
    return [lease.conversation_id for lease in await work.lease(10)]


async def test_a_scheduled_conversation_is_leased_once(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    await work.schedule("c1")
    assert await leased(work) == ["c1"]
    assert await leased(work) == []


async def test_racing_workers_share_the_work(make: Make) -> None:
    work = make()
    for n in range(20):
        await work.schedule(f"c{n}")
    taken = await asyncio.gather(*(work.lease(5) for _ in range(8)))
    names = [lease.conversation_id for leases in taken for lease in leases]
    assert sorted(names) == sorted(f"c{n}" for n in range(20))


async def test_it_says_how_many_wait_and_are_at_work(make: Make) -> None:
    work = make()
    assert await work.schedule("later", 60) == Load(0, 0)
    assert await work.schedule("c1") == Load(1, 0)
    assert await work.schedule("c2") == Load(2, 0)
    await work.lease(1)
    assert await work.schedule("c3") == Load(2, 1)
    assert await work.schedule("c1") == Load(2, 1)  # it is leased, and will come again


async def test_news_during_a_lease_bring_the_conversation_again(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    [lease] = await work.lease(1)
    await work.schedule("c1")
    assert await leased(work) == []
    await work.finish(lease)
    assert await leased(work) == ["c1"]


async def test_without_news_a_finished_conversation_does_not_come_again(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    [lease] = await work.lease(1)
    await work.finish(lease)
    assert await leased(work) == []


async def test_what_was_put_there_during_a_lease_keeps_its_earlier_time(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    [lease] = await work.lease(1)
    await work.schedule("c1", 0.01)
    await work.finish(lease, again_in=3600)
    await asyncio.sleep(0.05)
    assert await leased(work) == ["c1"]


async def test_a_lapsed_lease_goes_to_another_worker(make: Make) -> None:
    work = make(lease_ms=1)
    await work.schedule("c1")
    [lapsed] = await work.lease(1)
    await asyncio.sleep(0.01)
    [lease] = await make().lease(1)
    assert lease.conversation_id == "c1"
    await work.finish(lapsed)  # the first worker wakes up late, and its word no longer counts
    await work.schedule("c1")
    assert await leased(work) == []
    await work.finish(lease)
    assert await leased(work) == ["c1"]


async def test_what_a_dead_worker_left_comes_before_all_else(make: Make) -> None:
    work = make(lease_ms=1)
    await work.schedule("c1")
    await work.lease(1)
    await work.schedule("c2")
    await asyncio.sleep(0.01)
    [lease] = await make().lease(1)
    assert lease.conversation_id == "c1"


async def test_a_renewed_lease_holds_and_a_lost_one_does_not(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    [lease] = await work.lease(1)
    renewed = await work.renew(lease)
    assert renewed is not None
    assert await work.renew(Lease("c1", "1")) is None
    await work.finish(renewed)
    await work.schedule("c1")
    assert await leased(work) == ["c1"]


async def test_what_is_scheduled_for_later_comes_later(make: Make) -> None:
    work = make()
    await work.schedule("c1", 60)
    assert await leased(work) == []
    await work.schedule("c1")
    assert await leased(work) == ["c1"]


async def test_a_later_date_does_not_put_off_an_earlier_one(make: Make) -> None:
    work = make()
    await work.schedule("c1")
    await work.schedule("c1", 60)
    assert await leased(work) == ["c1"]
