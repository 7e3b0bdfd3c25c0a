"""Many reads at once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from redis.asyncio.cluster import RedisCluster

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from redis.asyncio import Redis


async def together(redis: Redis, ask: Callable[[Redis], Iterable[Any]]) -> list[Any]:
    """The answers of commands on any keys, in order; one round trip to each server, or little more.

    `ask` gives commands to the client that it gets, and returns what that makes of them. On a
    cluster each is a command of its own: redis-py's pipeline there closes all connections when one
    fails, also those in use.
    """
    if isinstance(redis, RedisCluster):
        return list(await asyncio.gather(*ask(redis)))
    async with redis.pipeline(transaction=False) as pipe:
        for _ in ask(pipe):
            pass
        return await pipe.execute()
