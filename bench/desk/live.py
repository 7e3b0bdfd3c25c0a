"""From a citizen's message to the operators' screens, with everybody there and the store full."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx

from bench.desk.crowd import Crowd
from bench.desk.figures import in_ms
from bench.desk.operating import Operator
from bot.tasks import end

if TYPE_CHECKING:
    from bench.line.stand import Stand

_SETTLE_SECONDS = 3.0
_CLAIMED_PART = 0.8
"""Of the live conversations; the others wait in the queue."""


@dataclass(frozen=True)
class Size:
    """How much of everything."""

    citizens: int = 200
    operators: int = 20
    rate: float = 20
    """Messages a second, of all citizens together."""
    seconds: float = 60


async def live(stand: Stand, size: Size) -> dict[str, Any]:
    """Lets citizens write and operators listen, and returns how long things took."""
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(_client(stand))
        crowd = await Crowd.gather(http, size.citizens)
        await asyncio.sleep(_SETTLE_SECONDS)
        desks = [await _desk(stack, stand, number) for number in range(size.operators)]
        for number in range(round(size.citizens * _CLAIMED_PART)):
            await desks[number % len(desks)].claim(crowd.citizens[number].id)
        tasks = [asyncio.create_task(one.follow()) for one in crowd.citizens]
        tasks += [asyncio.create_task(desk.listen()) for desk in desks]
        await asyncio.sleep(_SETTLE_SECONDS)
        tasks += [
            asyncio.create_task(desk.work(number / len(desks))) for number, desk in enumerate(desks)
        ]
        before = stand.cpu_seconds()
        await crowd.talk(size.rate, size.seconds)
        await asyncio.sleep(_SETTLE_SECONDS)
        spent = {name: round(now - before[name], 1) for name, now in stand.cpu_seconds().items()}
        ended = [task.exception() for task in tasks if task.done()]
        await end(tasks)
        if ended:
            raise RuntimeError(f"{len(ended)} of the streams and operators ended: {ended[0]!r}")
    return {**_figures(crowd, desks), "cpu_seconds": spent}


def _client(stand: Stand) -> httpx.AsyncClient:
    unlimited = httpx.Limits(max_connections=None)
    return httpx.AsyncClient(base_url=stand.gateway, limits=unlimited, timeout=60, trust_env=False)


async def _desk(stack: AsyncExitStack, stand: Stand, number: int) -> Operator:
    http = await stack.enter_async_context(_client(stand))
    return await Operator.log_in(http, stand.redis_url, f"operator{number}")


def _figures(crowd: Crowd, desks: list[Operator]) -> dict[str, Any]:
    said = crowd.said
    opened = [at - said[one] for desk in desks for one, at in desk.in_conversation.items()]
    lines = [at - said[one] for desk in desks for one, at in desk.in_lists.items()]
    complete = [one for one in said if all(one in desk.in_lists for desk in desks)]
    slowest = [max(desk.in_lists[one] for desk in desks) - said[one] for one in complete]
    return {
        "messages": len(said),
        "on_every_desk": len(complete),
        "ms_accepted": in_ms(list(crowd.accepted.values())),
        "ms_to_open_conversation": in_ms(opened),
        "ms_to_each_desks_list": in_ms(lines),
        "ms_to_the_slowest_desks_list": in_ms(slowest),
        "ms_lists_meanwhile": in_ms([took for desk in desks for took in desk.lists_took]),
    }
