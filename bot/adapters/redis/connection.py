"""The client for Redis, whichever way Redis is run (see `address.py`)."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel, SentinelConnectionPool
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as Lost

from bot.adapters.redis.address import Address, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE = 48
"""Commands that a process has under way; to wait here is faster than to open more connections."""
_SENTINEL_SECONDS = 1.0
_OPTIONS: dict[str, Any] = {
    "decode_responses": True,
    "socket_connect_timeout": 2.0,
    "socket_timeout": 5.0,
    "health_check_interval": 30,
    "max_connections": 4 * AT_ONCE,  # never reached: subscriptions and pipelines need few
}


def connect(url: str) -> Redis:
    """A client that decodes responses; it connects on first use, and again after a loss.

    It follows a fail-over by itself for a third of a second, and then raises a `RedisError`.
    """
    address = parse(url)
    if address.kind == "cluster":
        # For all that is done here, it offers what a client for one server does.
        return cast("Redis", _cluster(address))
    if address.kind == "sentinel":
        return _behind_sentinels(address)
    return _One.from_url(url, retry=_retry(), **_OPTIONS)


class _Bounded:
    """Keeps commands from opening a connection each when hundreds of requests come at once."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - redis-py's own
        super().__init__(*args, **kwargs)
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def execute_command(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        async with self._turns:
            return await super().execute_command(*args, **kwargs)  # type: ignore[misc]


# redis-py's base classes disagree among themselves on a method that nobody here calls.
class _One(_Bounded, Redis):  # type: ignore[misc]
    """One server, or the primary that sentinels name."""


class _Many(_Bounded, RedisCluster):  # type: ignore[misc]
    """A cluster."""

    async def execute_command(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as above
        with lost_if_taken_away():
            return await super().execute_command(*args, **kwargs)


@contextmanager
def lost_if_taken_away() -> Iterator[None]:
    """For commands to a cluster: a connection that somebody else closed is a lost connection.

    When a node goes down, redis-py 8.1 closes its idle connections one after another, and meanwhile
    may give one of them out; whoever has got it then stumbles over what is no longer there.
    """
    try:
        yield
    except (AttributeError, RuntimeError) as error:
        raise Lost(f"connection taken away: {error}") from error


class _Pool(SentinelConnectionPool):
    """Also closes the connections to the sentinels, which redis-py leaves open."""

    async def aclose(self) -> None:
        await super().aclose()
        await self.sentinel_manager.aclose()


def _behind_sentinels(address: Address) -> Redis:
    patience = {
        "socket_timeout": _SENTINEL_SECONDS,
        "socket_connect_timeout": _SENTINEL_SECONDS,
    }
    sentinels = Sentinel(address.nodes, sentinel_kwargs=patience)  # type: ignore[no-untyped-call]
    found: Redis = sentinels.master_for(
        address.service,
        redis_class=_One,
        connection_pool_class=_Pool,
        db=address.database,
        username=address.username,
        password=address.password,
        retry=_retry(),
        **_OPTIONS,
    )
    return found


def _cluster(address: Address) -> RedisCluster:
    return _Many(
        startup_nodes=[ClusterNode(host, port) for host, port in address.nodes],
        username=address.username,
        password=address.password,
        retry=_retry(),
        # Else redis-py closes all connections with every fifth "moved", also those in use.
        reinitialize_steps=0,
        **_OPTIONS,
    )


def _retry() -> Retry:
    return Retry(ExponentialBackoff(cap=0.5, base=0.05), 3)
