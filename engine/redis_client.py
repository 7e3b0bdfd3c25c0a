"""A client for any of the three ways in which Redis is run: one server, Sentinel, Cluster.

The addresses are those of the gateway (bot/adapters/redis/address.py, where they are explained);
the engine's older client needs building code of its own. A test holds both to the same addresses.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

from redis.asyncio import Redis
from redis.asyncio.cluster import ClusterNode, RedisCluster
from redis.asyncio.retry import Retry
from redis.asyncio.sentinel import Sentinel
from redis.backoff import ExponentialBackoff
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import TimeoutError as TooLate

_SCHEMES = ("redis", "rediss", "unix", "redis+sentinel", "redis+cluster")
_PORTS = {"redis+sentinel": 26379, "redis+cluster": 6379}


def connect(url: str) -> Redis | RedisCluster:
    """A client that decodes responses; it connects on first use, and again after a loss.

    Raises:
        ValueError: if the address is of none of the three forms.
    """
    options: dict[str, Any] = {
        "decode_responses": True,
        "socket_timeout": 5,
        "socket_connect_timeout": 2,
    }
    parts = check(url)
    if parts.scheme not in _PORTS:
        return Redis.from_url(url, **_retries(), **options)
    options |= {"username": _plain(parts.username), "password": _plain(parts.password)}
    if parts.scheme == "redis+cluster":
        return RedisCluster(startup_nodes=[ClusterNode(*one) for one in _nodes(parts)], **options)
    service, database = _service(parts)
    sentinels = Sentinel(
        _nodes(parts), sentinel_kwargs={"socket_timeout": 1}, db=database, **options
    )
    client = sentinels.master_for(service, **_retries())
    client.auto_close_connection_pool = True  # else `close` would leave its connections open
    return client


def check(url: str) -> SplitResult:
    """The parts of an address that is of one of the three forms.

    Raises:
        ValueError: saying what is wrong with it.
    """
    parts = urlsplit(url)
    if parts.scheme not in _SCHEMES:
        raise ValueError(f"the address must begin with one of {', '.join(_SCHEMES)}")
    if parts.scheme in _PORTS:
        _nodes(parts)
    if parts.scheme == "redis+sentinel":
        _service(parts)
    if parts.scheme == "redis+cluster" and parts.path.strip("/"):
        raise ValueError("a cluster has neither service nor database")
    return parts


def _nodes(parts: SplitResult) -> list[tuple[str, int]]:
    found = []
    for place in parts.netloc.rpartition("@")[2].split(","):
        one = urlsplit(f"//{place}")
        if not one.hostname:
            raise ValueError("a host is missing")
        found.append((one.hostname, one.port or _PORTS[parts.scheme]))
    return found


def _service(parts: SplitResult) -> tuple[str, int]:
    service, _, database = parts.path.strip("/").partition("/")
    if not service or not (database or "0").isdecimal():
        raise ValueError("after the sentinels comes /<service>/<database>")
    return unquote(service), int(database or 0)


def _plain(quoted: str | None) -> str | None:
    return unquote(quoted) if quoted else None


def _retries() -> dict[str, Any]:
    """A fail-over takes longer than this; the turn then fails, and the gateway asks again."""
    retry = Retry(ExponentialBackoff(cap=0.5, base=0.05), 3)
    return {"retry": retry, "retry_on_error": [Lost, TooLate]}
