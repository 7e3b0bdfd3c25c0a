"""Fixtures that need real processes; unit tests use none of them."""

from __future__ import annotations

import os
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest
import redis as sync_redis
from hypothesis import settings
from redis.asyncio import Redis

from bot.adapters.redis.server import redis_server
from tests.ports import free_port, wait_for_port
from tests.redis_servers import Cluster
from tests.system.product import Product

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


settings.register_profile("steady", deadline=None, derandomize=True, database=None)
settings.load_profile("steady")

NOON = "2021-04-01T12:00:00+09:00"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests that need a Redis, so that `make check` can do without them."""
    for item in items:
        if isinstance(item, pytest.Function) and "redis_server_process" in item.fixturenames:
            item.add_marker(pytest.mark.redis)


class RedisServer:
    """A Redis of the tests' own; can be killed and started again on the same data."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
        where = ["--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self._folder)]
        with (self._folder / "redis.log").open("a") as log:
            command = [redis_server(), *where, *options]
            self._process = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603
        wait_for_port(self.port)

    def kill(self) -> None:
        assert self._process is not None
        os.kill(self._process.pid, signal.SIGKILL)
        self._process.wait()

    def stop(self) -> None:
        assert self._process is not None
        self._process.terminate()
        self._process.wait()


@pytest.fixture(scope="session")
def redis_server_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    server = RedisServer(tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def redis_url(redis_server_process: RedisServer) -> str:
    """An empty Redis."""
    with sync_redis.Redis.from_url(redis_server_process.url) as client:
        client.flushall()
    return redis_server_process.url


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = Redis.from_url(redis_url, decode_responses=True)
    yield client
    await client.aclose()


@pytest.fixture(scope="session")
def redis_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(scope="session")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """The whole product within opening hours, started once for all tests that can share it."""
    started = Product(tmp_path_factory.mktemp("product"), BOT_NOW=NOON)
    yield started
    started.stop()
