"""Exceptions from the opening hours: known in all processes, and to all who wait."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.adapters.redis.desk_index import RedisDeskIndex
from bot.adapters.redis.hours import RedisHours
from bot.adapters.redis.hub import Hub
from bot.adapters.redis.waits import RedisWaits
from bot.conversation.hours import Calendar, OpeningHours
from bot.conversation.model import State
from tests.fakes import FakeWorkList, StoppedClock, conversation, later

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis

EASTER = date(2021, 4, 4)
SHORT = OpeningHours.parse("10:00-15:00")


@asynccontextmanager
async def process(
    redis: Redis, work: FakeWorkList, kind: type[RedisDeskIndex] = RedisDeskIndex
) -> AsyncIterator[tuple[RedisHours, Calendar]]:
    """One gateway's hours."""
    calendar = Calendar(OpeningHours.parse("08:00-21:00"))
    hub = Hub(redis)
    hub.start()
    index = kind(redis, StoppedClock(), 90)
    hours = RedisHours(
        redis, calendar=calendar, clock=StoppedClock(), signals=hub, index=index, work=work
    )
    await hours.start()
    yield hours, calendar
    await hours.stop()
    await hub.stop()


async def until(calendar: Calendar, expected: dict[date, OpeningHours | None]) -> None:
    async with asyncio.timeout(20):
        while calendar.exceptions != expected:  # noqa: ASYNC110 - another process's knowledge
            await asyncio.sleep(0.01)


async def test_what_one_process_sets_all_know(redis: Redis) -> None:
    work = FakeWorkList()
    async with process(redis, work) as (hours, mine), process(redis, work) as (_, others):
        await hours.set(EASTER, SHORT)
        assert mine.exceptions == {EASTER: SHORT}
        await until(others, {EASTER: SHORT})
        await hours.set(EASTER, None)
        await until(others, {EASTER: None})
        await hours.remove(EASTER)
        await until(others, {})
        assert mine.exceptions == {}


async def test_a_process_that_starts_knows_what_was_set_before(redis: Redis) -> None:
    async with process(redis, FakeWorkList()) as (hours, _):
        await hours.set(EASTER, None)
    async with process(redis, FakeWorkList()) as (_, calendar):
        assert calendar.exceptions == {EASTER: None}


async def test_days_that_are_over_are_forgotten(redis: Redis) -> None:
    async with process(redis, FakeWorkList()) as (hours, calendar):
        await hours.set(date(2021, 3, 31), None)
        await hours.set(EASTER, None)
        assert calendar.exceptions == {EASTER: None}


async def test_who_waits_is_looked_at_anew_when_the_hours_change(redis: Redis) -> None:
    waiting = replace(conversation(), state=State.WAITING, waiting_since=later(0), version=1)
    await RedisDeskIndex(redis, StoppedClock(), 90).update(waiting)
    work = FakeWorkList()
    async with process(redis, work) as (hours, _):
        assert await work.lease(10) == []
        await hours.set(EASTER, None)
        assert [lease.conversation_id for lease in await work.lease(10)] == ["c1"]


class FailsOnce(RedisDeskIndex):
    """An index that cannot be read the first time."""

    failed = False

    async def queue(self) -> list[str]:
        if not self.failed:
            self.failed = True
            raise RedisError("gone for a moment")
        return await super().queue()


async def test_who_could_not_be_looked_at_is_looked_at_the_next_time(redis: Redis) -> None:
    waiting = replace(conversation(), state=State.WAITING, waiting_since=later(0), version=1)
    await RedisDeskIndex(redis, StoppedClock(), 90).update(waiting)
    work = FakeWorkList()
    async with process(redis, work, FailsOnce) as (hours, calendar):
        with suppress(RedisError):  # if it does not fail here, it did in the background
            await hours.set(EASTER, None)
        await hours.refresh()
        assert calendar.exceptions == {EASTER: None}
        assert [lease.conversation_id for lease in await work.lease(10)] == ["c1"]


async def test_the_median_of_the_last_hours_waits(redis: Redis) -> None:
    clock = StoppedClock()
    waits = RedisWaits(redis, clock)
    assert await waits.expected() is None
    for hours in (-0.1, -0.2, -0.5):
        await waits.ended(later(hours))
    assert await waits.expected() == 720
    clock.at = clock.at.replace(hour=13, minute=1)
    assert await waits.expected() is None
    await waits.ended(later(1))
    assert await waits.expected() == 60
