"""Asks a system many messages, and says how long each took."""

from __future__ import annotations

import asyncio
import itertools
import time
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp

from bench.speed.processes import cpu_seconds
from bench.speed.statistics import latency
from bench.understanding.sets import FACTUAL, read_sets

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.speed.systems import System

_TURNS = 5
"""Of a conversation under load."""
_AROUND = 5
"""So many turns before and after the one whose latency is told."""
_PATIENCE = aiohttp.ClientTimeout(total=120)
SESSIONS = 20


class NotAnsweredError(Exception):
    """A message was refused or got no reply, so its latency would mean nothing."""


def texts() -> list[str]:
    """The single questions about initiatives of the development sets, the same for all."""
    turns = [case.turns[0] for case in read_sets() if case.kind == "single"]
    return [turn.text for turn in turns if turn.outcomes[0] in FACTUAL]


async def warm_up(system: System, messages: int) -> None:
    """Some messages that do not count."""
    async with aiohttp.ClientSession(timeout=_PATIENCE) as client:
        await _converse(system, client, iter(texts()[-messages:]))


async def at_once(system: System, conversations: int, messages: int) -> dict[str, Any]:
    """So many messages, in so many conversations at a time.

    Returns:
        Median and 95th percentile in milliseconds, messages a second, and seconds of computing
        a thousand messages.
    """
    source = itertools.islice(itertools.cycle(texts()), messages)
    before, began = cpu_seconds(system.serving), time.perf_counter()
    async with aiohttp.ClientSession(timeout=_PATIENCE) as client:
        told = await asyncio.gather(
            *(_converse(system, client, source) for _ in range(conversations))
        )
    seconds = time.perf_counter() - began
    used = cpu_seconds(system.serving) - before
    return {
        **latency([one for some in told for one in some])._asdict(),
        "per_second": messages / seconds,
        "cpu_per_1000": used / messages * 1000,
    }


async def long_conversation(system: System, turns: list[int]) -> dict[int, float]:
    """The median latency (ms) around some turns of one conversation."""
    conversation = uuid4().hex
    said = itertools.islice(itertools.cycle(texts()), turns[-1] + _AROUND)
    async with aiohttp.ClientSession(timeout=_PATIENCE) as client:
        took = [await _ask(system, client, conversation, text) for text in said]
    return {turn: latency(took[turn - _AROUND : turn + _AROUND]).median for turn in turns}


async def many_sessions(system: System, turns: int) -> float:
    """The median latency (ms) of one more session after twenty of so many turns each."""
    conversation, source = uuid4().hex, itertools.cycle(texts())
    async with aiohttp.ClientSession(timeout=_PATIENCE) as client:
        for _ in range(SESSIONS + 1):
            some = itertools.islice(source, turns)
            took = [await _ask(system, client, conversation, text) for text in some]
            await system.begin_session(client, conversation)
    return latency(took).median


async def _converse(
    system: System, client: aiohttp.ClientSession, source: Iterator[str]
) -> list[float]:
    """One citizen after the other, each of a few turns, as long as there is something to say."""
    took = []
    while some := list(itertools.islice(source, _TURNS)):
        conversation = uuid4().hex
        took += [await _ask(system, client, conversation, text) for text in some]
    return took


async def _ask(
    system: System, client: aiohttp.ClientSession, conversation: str, text: str
) -> float:
    """Seconds until the answer."""
    began = time.perf_counter()
    answer = await system.ask(client, conversation, text)
    if not answer.ok:
        raise NotAnsweredError(f"{system.name}: {text}")
    return time.perf_counter() - began
