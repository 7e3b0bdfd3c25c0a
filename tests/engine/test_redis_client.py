"""Addresses of one server, of sentinels and of a cluster; the gateway reads the same ones."""

from __future__ import annotations

import pytest
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.sentinel import SentinelConnectionPool

from engine.redis_client import connect
from engine.settings import SettingsError, read_settings
from tests.redis_addresses import BAD, CLUSTER, CLUSTER_PLACES, SENTINEL_PLACES, SENTINELS


async def test_sentinels_are_asked_for_the_primary() -> None:
    client = connect(SENTINELS)
    pool = client.connection_pool
    assert isinstance(pool, SentinelConnectionPool)
    assert (pool.service_name, pool.is_master) == ("city", True)
    places = [s.connection_pool.connection_kwargs for s in pool.sentinel_manager.sentinels]
    assert [(place["host"], place["port"]) for place in places] == SENTINEL_PLACES
    given = pool.connection_kwargs
    assert (given["username"], given["password"], given["db"]) == ("user", "p@ss", 3)
    assert not any(place["password"] for place in places)


async def test_a_cluster_is_entered_at_any_of_its_nodes() -> None:
    client = connect(CLUSTER)
    assert isinstance(client, RedisCluster)
    entries = client.nodes_manager.startup_nodes.values()
    assert [(node.host, node.port) for node in entries] == CLUSTER_PLACES
    assert client.connection_kwargs["password"] == "secret"


@pytest.mark.parametrize("url", BAD)
def test_a_bad_address_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        read_settings({"REDIS_URL": url})


@pytest.mark.parametrize("url", [SENTINELS, CLUSTER, "redis://127.0.0.1", "unix:///tmp/r"])
def test_a_good_address_does_not(url: str) -> None:
    assert read_settings({"REDIS_URL": url}).redis_url == url
