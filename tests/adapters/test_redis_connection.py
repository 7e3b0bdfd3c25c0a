"""Addresses of one server, of sentinels and of a cluster; the engine reads the same ones."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from redis.asyncio.cluster import RedisCluster
from redis.asyncio.sentinel import SentinelConnectionPool

from bot.adapters.redis.connection import AT_ONCE, connect
from bot.errors import SettingsError
from bot.settings import read_settings
from tests.redis_addresses import BAD, CLUSTER, CLUSTER_PLACES, SENTINEL_PLACES, SENTINELS

if TYPE_CHECKING:
    from redis.asyncio import Redis


async def test_sentinels_are_asked_for_the_primary() -> None:
    pool: Any = connect(SENTINELS).connection_pool
    assert isinstance(pool, SentinelConnectionPool)
    assert (pool.service_name, pool.is_master) == ("city", True)
    places = [s.connection_pool.connection_kwargs for s in pool.sentinel_manager.sentinels]
    assert [(place["host"], place["port"]) for place in places] == SENTINEL_PLACES
    given = pool.connection_kwargs
    assert (given["username"], given["password"], given["db"]) == ("user", "p@ss", 3)
    assert not any(place.get("password") for place in places)


async def test_a_cluster_is_entered_at_any_of_its_nodes() -> None:
    client: Any = connect(CLUSTER)
    assert isinstance(client, RedisCluster)
    entries = [(node.host, node.port) for node in client.startup_nodes]
    assert entries == CLUSTER_PLACES
    assert client.connection_kwargs["password"] == "secret"


@pytest.mark.parametrize("url", BAD)
def test_a_bad_address_stops_the_start(url: str) -> None:
    with pytest.raises(SettingsError, match="REDIS_URL"):
        read_settings({"REDIS_URL": url})


@pytest.mark.parametrize("url", [SENTINELS, CLUSTER, "redis://127.0.0.1", "unix:///tmp/r"])
def test_a_good_address_does_not(url: str) -> None:
    assert read_settings({"REDIS_URL": url}).redis_url.get_secret_value() == url


async def test_hundreds_of_commands_at_once_open_a_bounded_number_of_connections(
    redis: Redis,
) -> None:
    await asyncio.gather(*(redis.set("bot:{burst}", n) for n in range(1000)))
    clients = await redis.client_list()
    flat = [c for each in clients.values() for c in each] if isinstance(clients, dict) else clients
    assert sum(one["cmd"] == "set" for one in flat) <= AT_ONCE
