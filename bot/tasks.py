"""Ending background tasks for certain, and streams when something says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Coroutine, Iterable

_AGAIN_SECONDS = 0.05
_Item = TypeVar("_Item")


async def end(tasks: Iterable[asyncio.Task[Any] | None]) -> None:
    """Cancels tasks and waits until each has ended.

    A library may lose a cancellation that arrives while it connects or times out (redis-py 8.1
    does), so it is repeated until it holds.
    """
    left = {task for task in tasks if task is not None}
    while left:
        for task in left:
            task.cancel()
        _, left = await asyncio.wait(left, timeout=_AGAIN_SECONDS)


async def until(
    ended: Coroutine[Any, Any, None], items: AsyncGenerator[_Item]
) -> AsyncGenerator[_Item]:
    """The items for as long as `ended` neither returns nor fails; it closes what it is given."""
    stop = asyncio.create_task(ended)
    item: asyncio.Task[_Item | None] | None = None
    try:
        while not stop.done():
            item = item or asyncio.create_task(_next(items))
            await asyncio.wait({item, stop}, return_when=asyncio.FIRST_COMPLETED)
            if not item.done():
                continue
            found, item = item.result(), None
            if found is None:
                return
            yield found
    finally:
        await end((item, stop))
        await items.aclose()
        if stop.done() and not stop.cancelled():
            stop.exception()  # looked at, so that nobody is told of it twice


async def _next(items: AsyncGenerator[_Item]) -> _Item | None:
    return await anext(items, None)
