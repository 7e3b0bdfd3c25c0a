"""The desk's lists over a real Redis: paging, what belongs where, and how often Redis is asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from redis.asyncio import ConnectionPool, Redis

from bot.adapters.redis import keys
from bot.adapters.redis.desk_index import Cursor, RedisDeskIndex
from bot.adapters.redis.records import stored_fields
from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.summaries import RedisSummaries
from bot.conversation.model import State
from tests.fakes import NOON, StoppedClock, conversation

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.conversation.model import Conversation

STORED = 10_000


class CountingPool(ConnectionPool):
    """Each command or pipeline takes one connection for one round trip."""

    trips = 0

    async def get_connection(self, *arguments: Any, **options: Any) -> Any:
        self.trips += 1
        return await super().get_connection(*arguments, **options)


@pytest.fixture
async def counted(redis_url: str) -> AsyncIterator[Redis]:
    pool = CountingPool.from_url(redis_url, decode_responses=True)
    client = Redis(connection_pool=pool)
    yield client
    await client.aclose()
    await pool.aclose()


def index_of(redis: Redis, clock: StoppedClock | None = None) -> RedisDeskIndex:
    return RedisDeskIndex(redis, clock or StoppedClock(), 90)


def said(name: str, minutes: float, **fields: Any) -> Conversation:
    at = (NOON + timedelta(minutes=minutes)).isoformat()
    return replace(conversation(name), last_at=at, **fields)


async def ids(index: RedisDeskIndex, which: str, limit: int = 100) -> list[str]:
    return (await index.conversations(which, limit))[0]


async def pages(index: RedisDeskIndex, which: str, limit: int) -> list[list[str]]:
    found, more = await index.conversations(which, limit)
    told = [found]
    while more:
        found, more = await index.conversations(which, limit, Cursor.parse(str(more)))
        told.append(found)
    return told


@pytest.mark.parametrize("apart", [0, 1])
async def test_pages_tell_each_conversation_once_even_if_all_are_of_one_moment(
    redis: Redis, apart: float
) -> None:
    index = index_of(redis)
    for number in range(25):
        await index.update(said(f"c{number:02}", number * apart))
    told = await pages(index, "recent", 10)
    assert [len(page) for page in told] == [10, 10, 5]
    assert [one for page in told for one in page] == [f"c{n:02}" for n in reversed(range(25))]


async def test_what_moves_forward_between_two_pages_hides_nothing(redis: Redis) -> None:
    index = index_of(redis)
    for number in range(6):
        await index.update(said(f"c{number}", number))
    first, more = await index.conversations("recent", 3)
    assert first == ["c5", "c4", "c3"]
    await index.update(said("c3", 60, version=1))  # the cursor itself is elsewhere now
    await index.update(said("c0", 61, version=1))
    second, more = await index.conversations("recent", 3, more)
    assert (second, more) == (["c2", "c1"], None)


async def test_the_queue_is_paged_in_its_own_order(redis: Redis) -> None:
    index = index_of(redis)
    for number, priority in enumerate((None, "returning", None, "emergency", None)):
        since = (NOON + timedelta(minutes=number)).isoformat()
        state = {"state": State.WAITING, "waiting_since": since, "priority": priority}
        await index.update(said(f"c{number}", 0, **state))
    assert await pages(index, "waiting", 2) == [["c3", "c1"], ["c0", "c2"], ["c4"]]


async def test_a_conversation_goes_from_list_to_list(redis: Redis) -> None:
    index = index_of(redis)
    names = ("waiting", "active", "owner:sato", "owner:suzuki", "closed")

    async def where() -> set[str]:
        return {name for name in names if await ids(index, name)}

    await index.update(said("c1", 0, state=State.WAITING, version=1))
    assert await where() == {"waiting"}
    await index.update(said("c1", 0, state=State.OPERATOR, owner="sato", version=2))
    assert await where() == {"active", "owner:sato"}
    await index.update(said("c1", 0, state=State.OPERATOR, owner="suzuki", version=3))
    assert await where() == {"active", "owner:suzuki"}
    await index.update(said("c1", 0, state=State.CLOSED, version=4))
    assert await where() == {"closed"}
    assert await ids(index, "recent") == ["c1"]


async def test_what_is_kept_no_more_leaves_every_list(redis: Redis) -> None:
    clock = StoppedClock()
    index = index_of(redis, clock)
    await index.update(said("old", 0, state=State.OPERATOR, owner="sato"))
    await index.update(said("older", -1, state=State.CLOSED))
    clock.at += timedelta(days=91)
    await index.update(said("new", 91 * 24 * 60))
    for which in ("recent", "active", "owner:sato", "closed"):
        assert await ids(index, which) == (["new"] if which == "recent" else [])
    assert await redis.hgetall(keys.desk("owners")) == {}
    assert await redis.hkeys(keys.desk("versions")) == ["new"]


@pytest.mark.parametrize("text", ["", "junk", "5", ":c1", "x:c1", "-1:c1", "１:c1", "1:café"])
def test_a_cursor_that_nobody_gave_out_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Cursor.parse(text)


async def fill(redis: Redis, count: int) -> None:
    """That many stored conversations, as `create` and `update` leave them."""
    async with redis.pipeline(transaction=False) as pipe:
        for number in range(count):
            one = said(f"{number:032x}", number, state=State.CLOSED)
            fields = cast("dict[Any, Any]", {**stored_fields(one), "last_text": "はい"})
            pipe.hset(keys.conversation(one.id, "state"), mapping=fields)
            score = round((NOON.timestamp() + number * 60) * 1000)
            for which in ("recent", "closed"):
                pipe.zadd(keys.desk(which), {one.id: score})
        await pipe.execute()


async def test_a_page_takes_the_same_few_round_trips_however_much_is_stored(
    counted: Redis,
) -> None:
    pool = cast("CountingPool", counted.connection_pool)
    index, summaries = index_of(counted), RedisSummaries(counted, StoppedClock())
    spent = []
    for stored in (10, STORED):
        await fill(counted, stored)
        await index.conversations("recent", 1)  # Redis learns the script
        for limit in (5, 100):
            before = pool.trips
            found, _ = await index.conversations("recent", limit)
            lines = await summaries.read(found)
            spent.append(pool.trips - before)
            assert len(lines) == min(limit, stored)
            assert all(line and line["last_text"] == "はい" for line in lines)
    assert spent == [2, 2, 2, 2]


async def test_a_line_that_is_kept_no_more_is_none(redis: Redis) -> None:
    store = RedisConversationStore(redis, StoppedClock(), 90)
    await store.create(conversation("c1"))
    gone, kept = await RedisSummaries(redis, StoppedClock()).read(["gone", "c1"])
    assert gone is None
    assert kept is not None
    assert kept["conversation_id"] == "c1"
