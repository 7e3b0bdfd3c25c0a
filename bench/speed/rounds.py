"""One round of one system, and the rounds of both in turn."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.speed import load
from bench.speed.ours import Ours
from bench.speed.processes import Processes, resident_megabytes
from bench.speed.product import through_the_gateway
from bench.speed.statistics import medians

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bench.speed.systems import System

CONVERSATIONS = (1, 4, 16)
"""At once."""


@dataclass(frozen=True)
class Bounds:
    """How much is measured."""

    rounds: int
    messages: int
    """At each number of conversations."""
    turns: list[int]
    """Of one conversation, at which the latency is told."""
    session_turns: int
    epochs: int
    """Of stock Rasa's training."""
    longest: int
    """Characters of a training line of stock Rasa."""


WHOLE = Bounds(3, 200, [10, 100, 500, 1000], 10, 2, 10_000)
QUICK = Bounds(1, 60, [10, 100], 2, 1, 12)
_WARM_UP = 20
_REPLICAS = 2


async def all_rounds(systems: Sequence[Callable[[], System]], bounds: Bounds) -> dict[str, Any]:
    """Both systems in turn, as many rounds as asked for; of each figure the median."""
    found: dict[str, list[dict[str, Any]]] = {}
    for number in range(bounds.rounds):
        for make in systems:
            system = make()
            say(f"round {number + 1} of {bounds.rounds}: {system.name}")
            found.setdefault(system.name, []).append(await _round(system, bounds))
    return {name: medians(rounds) for name, rounds in found.items()}


async def long_ones(systems: Sequence[Callable[[], System]], bounds: Bounds) -> dict[str, Any]:
    """What a long conversation costs, once: stock Rasa takes half an hour for it."""
    found = {}
    for make in systems:
        system = make()
        say(f"long conversations: {system.name}")
        with Processes() as processes:
            system.start(processes)
            await load.warm_up(system, _WARM_UP)
            turns = await load.long_conversation(system, bounds.turns)
            sessions = await load.many_sessions(system, bounds.session_turns)
        found[system.name] = {
            "turn": {str(turn): took for turn, took in turns.items()},
            "after_sessions": sessions,
        }
    return found


async def whole_product(bounds: Bounds) -> dict[str, Any]:
    """The gateway's part, over the rounds."""
    rounds = []
    for number in range(bounds.rounds):
        say(f"round {number + 1} of {bounds.rounds}: the whole product")
        with Processes() as processes:
            rounds.append(await through_the_gateway(processes, bounds.messages))
    return medians(rounds)


async def replicas(bounds: Bounds) -> dict[str, Any]:
    """Messages a second with one replica of the engine and with two, sixteen conversations.

    The same two processes serve in turn alone and together, one run right after the other, so that
    what else the machine does in an hour weighs on both alike.
    """
    found = []
    with Processes() as processes:
        system = Ours(_REPLICAS)
        system.start(processes)
        await load.warm_up(system, _WARM_UP * _REPLICAS)
        for number in range(bounds.rounds + 2):
            say(f"round {number + 1} of {bounds.rounds + 2}: one engine and {_REPLICAS}")
            one, two = [await _rate(system, count, bounds) for count in (1, _REPLICAS)]
            found.append({"one": one, "two": two, "ratio": two / one})
    return {**medians(found), "ratios": [round(one["ratio"], 3) for one in found]}


async def _rate(system: Ours, replicas: int, bounds: Bounds) -> float:
    system.ask_only(replicas)
    told = await load.at_once(system, CONVERSATIONS[-1], bounds.messages * 8)
    return float(told["per_second"])


async def _round(system: System, bounds: Bounds) -> dict[str, Any]:
    with Processes() as processes:
        system.start(processes)
        await load.warm_up(system, _WARM_UP)
        at_once = {
            str(number): await load.at_once(system, number, bounds.messages)
            for number in CONVERSATIONS
        }
        return {
            "start_seconds": system.engine.seconds,
            "start_cpu_seconds": system.engine.cpu_seconds,
            "resident_megabytes": resident_megabytes(system.engine.process),
            "at_once": at_once,
        }


def say(line: str) -> None:
    """Tells at once what is being done."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
