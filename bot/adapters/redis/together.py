"""Many reads at once, in one round trip to each server."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from redis.asyncio.cluster import PipelineCommand, RedisCluster
from redis.exceptions import ConnectionError as Lost
from redis.exceptions import RedisClusterException

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    Command = tuple[str | int | float, ...]


async def together(redis: Redis, commands: Iterable[Command]) -> list[Any]:
    """The answers of commands that only read, in order; the second word of each is its key."""
    if isinstance(redis, RedisCluster):
        return await _from_each_node(redis, commands)
    async with redis.pipeline(transaction=False) as pipe:
        for command in commands:
            pipe.execute_command(*command)
        return await pipe.execute()


async def _from_each_node(redis: RedisCluster, commands: Iterable[Command]) -> list[Any]:
    """What a node does not answer is asked alone, by which the client follows moves and losses.

    redis-py's own pipeline would close all connections then, also those that others use.
    """
    asked = [PipelineCommand(place, *command) for place, command in enumerate(commands)]
    by_node: dict[Any, list[PipelineCommand]] = defaultdict(list)
    for one in asked:
        one.result = Lost("not asked")
        try:
            by_node[redis.get_node_from_key(one.args[1])].append(one)
        except RedisClusterException:  # nothing is known of the cluster yet
            continue
    await asyncio.gather(
        *(node.execute_pipeline(some) for node, some in by_node.items()), return_exceptions=True
    )
    return [
        await redis.execute_command(*one.args) if isinstance(one.result, Exception) else one.result
        for one in asked
    ]
