"""How many read the queue when it moves: one, for all who wait."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.conversation.model import State
from bot.live import Places
from tests.fakes import FakeDeskIndex, conversation


async def line(*names: str) -> FakeDeskIndex:
    index = FakeDeskIndex()
    for number, name in enumerate(names):
        since = f"2021-04-01T12:00:{number:02}+09:00"
        waiting = replace(conversation(name), state=State.WAITING, waiting_since=since)
        await index.update(waiting)
    return index


async def test_all_who_ask_at_once_are_told_from_one_reading() -> None:
    names = [f"c{number:02}" for number in range(30)]
    index = await line(*names)
    places = Places(index)
    assert await asyncio.gather(*map(places.of, names)) == list(range(1, 31))
    assert index.read == 1


async def test_who_asks_during_a_reading_hears_what_it_may_have_missed() -> None:
    index = await line("c1", "c2")
    places = Places(index)
    read, go = asyncio.Event(), asyncio.Event()

    async def slow() -> list[str]:
        found = await FakeDeskIndex.queue(index)
        read.set()
        await go.wait()
        return found

    index.queue = slow  # type: ignore[method-assign]
    early = asyncio.create_task(places.of("c2"))
    await read.wait()
    await index.update(replace(conversation("c1"), state=State.OPERATOR, version=1))
    late = asyncio.create_task(places.of("c2"))
    await asyncio.sleep(0)
    go.set()
    assert (await early, await late) == (2, 1)


async def test_who_does_not_wait_has_no_place() -> None:
    assert await Places(await line("c1")).of("c2") is None
