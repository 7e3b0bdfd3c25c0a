"""A burst of messages: how fast they are accepted, and whether all are answered, in order, once."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import psutil

from bench.scale.stand import standing
from bench.scale.wire import Wire, begun

if TYPE_CHECKING:
    from pathlib import Path

    from bench.scale.stand import Stand

_LINES = 100
"""Kept connections on which the messages come."""


@dataclass
class _Log:
    waits: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    told: list[int] = field(default_factory=list)
    accepted: dict[str, list[str]] = field(default_factory=dict)


async def burst(folder: Path, messages: int, citizens: int, gateways: int) -> dict[str, Any]:
    """So many messages within a second, of so many citizens; then the wait for all answers."""
    with standing(folder, gateways=gateways, engines=2) as stand:
        base = stand.city.bases[0]
        keys = await begun(base, citizens)
        await _say(stand, keys[:_LINES], _LINES)  # scripts loaded, connections open
        before = cpu_seconds(stand)
        log = await _say(stand, keys, messages)
        began = time.monotonic()
        answered, twice, disordered = await _answers(base, keys, log)
        drained = time.monotonic() - began
        spent = {name: seconds - before[name] for name, seconds in cpu_seconds(stand).items()}
    waits = sorted(log.waits)
    return {
        "messages": messages,
        "citizens": citizens,
        "gateways": gateways,
        "engines": 2,
        "statuses": {str(status): count for status, count in log.statuses.items()},
        "accepted_ms": {
            "median": round(waits[len(waits) // 2] * 1000),
            "p95": round(waits[len(waits) * 95 // 100] * 1000),
            "longest": round(waits[-1] * 1000),
        },
        "told_to_wait": len(log.told),
        "longest_wait_told_s": max(log.told, default=0),
        "all_answered_after_s": round(drained + 1, 1),
        "lost": log.statuses[202] - answered,
        "answered_twice": twice,
        "out_of_order": disordered,
        "cpu_ms_per_message": {
            name: round(seconds * 1000 / messages, 2) for name, seconds in spent.items()
        },
    }


async def _say(stand: Stand, keys: list[tuple[str, str]], messages: int) -> _Log:
    """The messages of one second, each at its time whatever became of the others."""
    bases = stand.city.bases
    wires = [await Wire.to(bases[n % len(bases)]) for n in range(_LINES)]
    log = _Log()
    began = time.monotonic()

    async def line(place: int) -> None:
        for number in range(place, messages, _LINES):
            conversation_id, token = keys[number % len(keys)]
            due = began + number / messages
            await asyncio.sleep(max(due - time.monotonic(), 0))
            body = {"client_message_id": f"{began}-{number}", "text": f"{number}番目の問い"}
            path = f"/api/conversations/{conversation_id}/messages"
            answer = await wires[place].post(path, body, token)
            log.waits.append(time.monotonic() - due)
            log.statuses[answer.status] += 1
            if answer.status == 202:  # noqa: PLR2004 - accepted
                log.accepted.setdefault(conversation_id, []).append(answer.json["message_id"])
                if seconds := answer.json.get("wait_seconds"):
                    log.told.append(seconds)

    await asyncio.gather(*map(line, range(_LINES)))
    for wire in wires:
        wire.close()
    return log


async def _answers(base: str, keys: list[tuple[str, str]], log: _Log) -> tuple[int, int, int]:
    """Waits until all that was accepted is answered; answered, answered twice, out of order."""
    wire = await Wire.to(base)
    answered = twice = disordered = 0
    for conversation_id, token in reversed(keys):
        accepted = log.accepted.get(conversation_id, [])
        finals: list[str] = []
        # From the last one on: those before are answered by then, and cost one look each.
        while not set(finals) >= set(accepted):
            await asyncio.sleep(0.02 if finals else 0)
            answer = await wire.get(f"/api/conversations/{conversation_id}/messages", token)
            said = answer.json["messages"]
            finals = [m["in_reply_to"] for m in said if m.get("final")]
        mine = [one for one in finals if one in set(accepted)]
        answered += len(set(mine))
        twice += len(mine) - len(set(mine))
        disordered += mine != sorted(mine, key=_place)
    wire.close()
    return answered, twice, disordered


def _place(message_id: str) -> tuple[int, int]:
    milliseconds, _, number = message_id.partition("-")
    return int(milliseconds), int(number)


def cpu_seconds(stand: Stand) -> dict[str, float]:
    """What gateways and Redis have used so far."""
    return {
        "gateways": sum(_seconds(process.pid) for process in stand.city.gateways),
        "redis": sum(_seconds(server.pid) for server in stand.redis.servers),
    }


def _seconds(pid: int) -> float:
    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)
