"""What counts only once replicas have it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.adapters.redis import scripts
from bot.adapters.redis.connection import connect
from bot.adapters.redis.inbox import RedisInbox
from bot.adapters.redis.store import RedisConversationStore
from bot.adapters.redis.work import RedisWorkList
from bot.conversation.model import START, Incoming
from bot.errors import NotReplicated
from tests.fakes import StoppedClock, conversation
from tests.redis_servers import Sentinels

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redis.asyncio import Redis

HELLO = Incoming("client-1", "こんにちは", "2021-04-01T12:00:00.000+09:00")


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sentinels]:
    servers = Sentinels(tmp_path_factory.mktemp("sentinels"))
    yield servers
    servers.stop()


@pytest.fixture
async def behind_sentinels(watched: Sentinels) -> AsyncIterator[Redis]:
    client = connect(watched.url)
    await client.flushall()
    yield client
    await client.aclose()


async def test_without_a_replica_nothing_is_accepted_and_a_repeat_is_the_same_message(
    redis: Redis, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scripts, "WAIT_MS", 50)
    await RedisConversationStore(redis, StoppedClock(), 90).create(conversation())
    for replicas in (1, 2):
        store = RedisConversationStore(redis, StoppedClock(), 90, replicas=replicas + 1)
        with pytest.raises(NotReplicated):
            await store.accept("c1", HELLO)
    # It is stored all the same, once: whoever repeats it finds it when replicas are back.
    assert len(await store.messages("c1", START)) == 1


@pytest.mark.slow
async def test_with_a_replica_everything_is_as_without(behind_sentinels: Redis) -> None:
    store = RedisConversationStore(behind_sentinels, StoppedClock(), 90, replicas=1)
    await store.create(conversation())
    ids = await asyncio.gather(*(store.accept("c1", HELLO) for _ in range(50)))
    assert len(set(ids)) == 1
    assert await store.seen("c1", "client-1") == ids[0]
    await store.seal("c1")
    work = RedisWorkList(behind_sentinels, replicas=1)
    await work.schedule("c1", 5.0)
    inbox = RedisInbox(behind_sentinels, 90, replicas=1)
    assert await inbox.put(conversation(), {"id": "e1", "timestamp": 1})
    assert not await inbox.put(conversation(), {"id": "e1", "timestamp": 1})


@pytest.mark.slow
async def test_a_script_finds_the_new_primary(watched: Sentinels, behind_sentinels: Redis) -> None:
    work = RedisWorkList(behind_sentinels)
    await work.schedule("c1")
    # As after a fail-over that this process slept through: it is connected to a replica now.
    old = next(one for one in watched.servers if one.is_primary)
    new = next(one for one in watched.servers if one is not old)
    watched.sentinels[0].send("SENTINEL", "failover", "city")
    watched.wait_for_another(old)
    for _ in range(200):
        try:
            await work.schedule("c2")
            break
        except Exception:  # noqa: BLE001 - whatever it is while roles change, it must pass
            await asyncio.sleep(0.1)
    assert new.is_primary
    assert {lease.conversation_id for lease in await work.lease(10)} == {"c1", "c2"}
