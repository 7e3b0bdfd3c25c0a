"""What runs on one Redis server runs on a cluster, where a script may touch one hash tag only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.adapters.redis.connection import connect
from tests.redis_servers import Cluster

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from redis.asyncio import Redis


@pytest.fixture(scope="session")
def redis_cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    cluster = Cluster(tmp_path_factory.mktemp("cluster"))
    yield cluster
    cluster.stop()


@pytest.fixture(params=["one server", pytest.param("cluster", marks=pytest.mark.slow)])
async def redis(request: pytest.FixtureRequest) -> AsyncIterator[Redis]:
    """An empty Redis, in each of the shapes."""
    if request.param == "cluster":
        cluster = request.getfixturevalue("redis_cluster")
        cluster.empty()
        client = connect(cluster.url)
    else:
        client = connect(request.getfixturevalue("redis_url"))
    yield client
    await client.aclose()
