"""The inbox: each event once, the oldest first, after a moment for older ones."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.inbox import RedisInbox
from bot.adapters.redis.store import RedisConversationStore
from tests.fakes import StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis

HOUR_MS = 60 * 60 * 1000
MINE = replace(conversation(), channel="line", address="sealed")


def event(name: str, ago_ms: int = 0, **fields: Any) -> dict[str, Any]:
    return {"id": name, "timestamp": time.time_ns() // 1_000_000 - ago_ms, **fields}


@pytest.fixture
def inbox(redis: Redis) -> RedisInbox:
    return RedisInbox(redis, 90, grace_ms=60_000)


async def test_an_event_is_stored_once_however_often_it_comes(inbox: RedisInbox) -> None:
    same = event("e1", HOUR_MS, kind="text")
    stored = await asyncio.gather(*(inbox.put(MINE, same) for _ in range(10)))
    assert sorted(stored) == [False] * 9 + [True]
    received = await inbox.first("c1")
    assert received
    assert received.event == same
    await inbox.done("c1", received)
    assert not await inbox.put(MINE, same)
    assert await inbox.first("c1") is None


async def test_the_oldest_comes_first(inbox: RedisInbox) -> None:
    for name, hours in (("b", 2), ("a", 3), ("c", 1)):
        await inbox.put(MINE, event(name, hours * HOUR_MS))
    order = []
    while received := await inbox.first("c1"):
        assert received.wait_seconds == 0
        order.append(received.event["id"])
        await inbox.done("c1", received)
    assert order == ["a", "b", "c"]


async def test_what_just_happened_waits_for_older_ones(inbox: RedisInbox) -> None:
    await inbox.put(MINE, event("new"))
    received = await inbox.first("c1")
    assert received
    assert 55 < received.wait_seconds <= 60
    await inbox.put(MINE, event("old", HOUR_MS))
    received = await inbox.first("c1")
    assert received
    assert (received.event["id"], received.wait_seconds) == ("old", 0)


async def test_a_clock_that_is_ahead_makes_nobody_wait_longer(inbox: RedisInbox) -> None:
    await inbox.put(MINE, event("from the future", -HOUR_MS))
    received = await inbox.first("c1")
    assert received
    assert received.wait_seconds <= 60


async def test_the_first_event_begins_the_conversation(inbox: RedisInbox, redis: Redis) -> None:
    store = RedisConversationStore(redis, StoppedClock(), 90)
    await inbox.put(MINE, event("e1"))
    assert await store.load("c1") == MINE
    await inbox.put(replace(MINE, address="sealed anew"), event("e2"))
    assert (await store.load("c1")).address == "sealed"
