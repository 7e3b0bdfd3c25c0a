"""Runs the Lua scripts; where wanted, until replicas have what they wrote."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from redis.asyncio.cluster import PipelineCommand, RedisCluster
from redis.exceptions import ReadOnlyError, RedisError, ResponseError

from bot.adapters.redis.connection import lost_if_taken_away
from bot.errors import NotReplicated

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis

WAIT_MS = 1000
"""So long the replicas may take."""
_TRIES = 3
_AT_ONCE = 24
_FOLDER = Path(__file__).parent / "lua"


class Script:
    """A script, to be run on keys of one hash tag."""

    def __init__(self, redis: Redis, source: str) -> None:
        """Takes a client that decodes responses, and the script itself."""
        self._redis = redis
        self._script = redis.register_script(source)

    async def __call__(self, *, keys: Sequence[str], args: Sequence[Any]) -> Any:  # noqa: ANN401 - the script's answer
        """Runs it.

        Raises:
            ReadOnlyError: if the server has become a replica; the next try asks for the primary.
        """
        try:
            return await self._script(keys=keys, args=args)
        except ResponseError as error:
            if "READONLY" not in str(error):
                raise
            # Within a script it is no error of its own to the client, which would stay connected.
            await self._redis.connection_pool.disconnect(inuse_connections=False)
            raise ReadOnlyError("the server is no longer the primary") from error


class ReplicatedScript(Script):
    """A script whose answer counts once replicas have what it wrote.

    It is repeated when that is in doubt, so it must be harmless to repeat, and must write something
    each time: Redis waits for the last write of the connection.
    """

    def __init__(self, redis: Redis, source: str, replicas: int) -> None:
        """Takes the number of replicas beside."""
        super().__init__(redis, source)
        self._replicas = replicas
        self._turns = asyncio.Semaphore(_AT_ONCE)

    async def __call__(self, *, keys: Sequence[str], args: Sequence[Any]) -> Any:  # noqa: ANN401 - as above
        """Runs it.

        Raises:
            NotReplicated: if it was written, but not to so many replicas in time.
        """
        first: Any = None
        for _ in range(_TRIES):
            async with self._turns:
                answer, copies = await self._run_and_wait(keys, args)
            if not isinstance(answer, RedisError):
                break
            # Alone, the client follows moves, loads the script and connects anew. That answers, and
            # a repeat is what replicas are waited for with.
            first = await super().__call__(keys=keys, args=args)
        if isinstance(answer, RedisError):
            raise answer
        if not isinstance(copies, int) or copies < self._replicas:
            raise NotReplicated(f"{copies} of {self._replicas} replicas")
        return answer if first is None else first

    async def _run_and_wait(self, keys: Sequence[str], args: Sequence[Any]) -> tuple[Any, Any]:
        """Script and WAIT on one connection; errors come back as answers."""
        run = ("EVALSHA", self._script.sha, len(keys), *keys, *args)
        wait = ("WAIT", self._replicas, WAIT_MS)
        try:
            if isinstance(self._redis, RedisCluster):
                commands = [PipelineCommand(0, *run), PipelineCommand(1, *wait)]
                with lost_if_taken_away():
                    await self._redis.get_node_from_key(keys[0]).execute_pipeline(commands)
                return commands[0].result, commands[1].result
            async with self._redis.pipeline(transaction=False) as pipe:
                pipe.execute_command(*run)
                pipe.execute_command(*wait)
                answer, copies = await pipe.execute(raise_on_error=False)
        except RedisError as error:
            return error, 0
        return answer, copies


def script(redis: Redis, *names: str, replicas: int = 0) -> Script:
    """The script `lua/<name>.lua`, after those it builds on; `replicas` must have its writes."""
    source = "\n".join((_FOLDER / f"{name}.lua").read_text(encoding="utf-8") for name in names)
    return ReplicatedScript(redis, source, replicas) if replicas else Script(redis, source)
