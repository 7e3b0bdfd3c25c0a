"""What runs on one Redis server runs on a cluster, where a script may touch one hash tag only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.adapters.redis.connection import connect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from redis.asyncio import Redis


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
