"""Streams that end when something says so."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.tasks import until

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator


class Source:
    """Gives numbers as long as it is let, and notes that it was closed."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.closed = False

    async def items(self) -> AsyncGenerator[int]:
        try:
            for number in range(self.count):
                yield number
            await asyncio.Event().wait()
        finally:
            self.closed = True


async def never() -> None:
    await asyncio.Event().wait()


async def test_it_ends_in_the_middle_of_waiting_for_an_item() -> None:
    source, ends = Source(2), asyncio.Event()
    got = []

    async def ended() -> None:
        await ends.wait()

    async for number in until(ended(), source.items()):
        got.append(number)
        if number == 1:
            ends.set()
    assert (got, source.closed) == ([0, 1], True)


async def test_what_fails_ends_it_too() -> None:
    async def fails() -> None:
        raise ConnectionError

    source = Source(0)
    assert [number async for number in until(fails(), source.items())] == []
    assert source.closed


async def test_it_gives_all_there_is_and_then_ends() -> None:
    async def three() -> AsyncGenerator[int]:
        for number in range(3):
            yield number

    assert [number async for number in until(never(), three())] == [0, 1, 2]


async def test_an_error_of_the_items_is_the_listeners() -> None:
    async def broken() -> AsyncGenerator[int]:
        yield 1
        raise ValueError

    stream = until(never(), broken())
    assert await anext(stream) == 1
    with pytest.raises(ValueError):  # noqa: PT011 - the very one that was raised
        await anext(stream)


async def test_who_stops_listening_closes_everything() -> None:
    source = Source(1)
    stream = until(never(), source.items())
    assert await anext(stream) == 0
    await stream.aclose()
    assert source.closed
    assert len(asyncio.all_tasks()) == 1
