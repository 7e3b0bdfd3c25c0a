"""Accepted means answered once, on several machines too: the primary of Redis is killed under load.

How long that takes is measured by bench/scale; here only the counts matter.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from tests.redis_servers import Cluster, Sentinels, eventually
from tests.system.city import City
from tests.system.talk import Talker, check

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.slow

CITIZENS = 24
MESSAGES = 12
KILL_AFTER = 4
PATIENCE_SECONDS = 240


@pytest.fixture(params=[Sentinels, Cluster])
def redis(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Any]:
    servers = request.param(tmp_path_factory.mktemp("redis"))
    yield servers
    servers.stop()


@pytest.fixture
def city(redis: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    folder = tmp_path_factory.mktemp("city")
    started = City(folder, redis.url, REDIS_WAIT_REPLICAS="1")
    yield started
    started.stop()


async def test_nothing_accepted_is_lost_or_answered_twice(redis: Any, city: City) -> None:
    async with httpx.AsyncClient(timeout=20) as http, asyncio.timeout(PATIENCE_SECONDS):
        talkers = [Talker(http, city.bases) for _ in range(CITIZENS)]
        said = asyncio.Semaphore(0)
        talks = [asyncio.create_task(talk(talker, said)) for talker in talkers]
        for _ in range(CITIZENS * KILL_AFTER):
            await said.acquire()
        killed = await asyncio.to_thread(redis.kill_primary)
        await asyncio.to_thread(redis.wait_for_another, killed)
        await asyncio.to_thread(redis.bring_back, killed)
        await asyncio.gather(*talks)
        for talker in talkers:
            assert len(talker.accepted) == MESSAGES
            check(await talker.until_answered(), talker.accepted)
        await asyncio.to_thread(eventually, lambda: killed.in_sync, "the killed one as a replica")


async def test_a_killed_gateway_and_a_killed_engine_are_made_up_for(city: City) -> None:
    async with httpx.AsyncClient(timeout=20) as http, asyncio.timeout(PATIENCE_SECONDS):
        talkers = [Talker(http, city.bases) for _ in range(CITIZENS)]
        said = asyncio.Semaphore(0)
        talks = [asyncio.create_task(talk(talker, said)) for talker in talkers]
        for _ in range(CITIZENS * KILL_AFTER):
            await said.acquire()
        city.kill(city.gateways[0])
        city.kill(city.engines[0])
        await asyncio.gather(*talks)
        for talker in talkers:
            check(await talker.until_answered(), talker.accepted)


async def talk(talker: Talker, said: asyncio.Semaphore) -> None:
    await talker.begin()
    for number in range(MESSAGES):
        await talker.say(f"{number}番目の問い")
        said.release()
