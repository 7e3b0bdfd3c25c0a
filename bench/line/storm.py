"""Thousands of webhooks in bad weather; then every phone is held against what was asked."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bench.line.harvest import Sent, judged
from bench.line.operating import Operator
from bench.line.plan import Planner
from bench.line.remote import reaching
from bot.tasks import end

if TYPE_CHECKING:
    from bench.line.harvest import Result
    from bench.line.remote import Remote
    from bench.line.stand import Stand

MANY = 10**9
TIMEOUT = 20.0
"""Longer than the gateway waits for LINE."""
WEATHER: tuple[dict[str, Any], ...] = (
    {"call": "reply", "chance": 0.02, "status": 500},
    {"call": "reply", "chance": 0.02, "status": 500, "act": True},
    {"call": "reply", "chance": 0.02, "drop": True},
    {"call": "reply", "chance": 0.02, "drop": True, "act": True},
    {"call": "reply", "chance": 0.004, "after": TIMEOUT, "act": True},
    {"call": "reply", "chance": 0.004, "before": TIMEOUT},
    {"call": "reply", "chance": 0.01, "status": 429},
    {"call": "push", "chance": 0.03, "status": 503},
    {"call": "push", "chance": 0.03, "status": 500, "act": True},
    {"call": "push", "chance": 0.03, "drop": True, "act": True},
    {"call": "push", "chance": 0.01, "before": TIMEOUT},
    {"call": "push", "chance": 0.02, "status": 429, "retry_after": 1},
    {"call": "loading", "chance": 0.05, "status": 500},
    {"call": "read", "chance": 0.05, "drop": True},
)
"""How often which call goes wrong, and how."""
_BAD_SECONDS = 5.0
QUIET_SECONDS = 20.0
"""So long nothing may happen before the phones are looked at; more than the longest back-off."""


@dataclass(frozen=True)
class Size:
    """How big a storm is; `rate` is webhooks a second, `kills` the gateway's deaths.

    `served` more citizens talk with an operator meanwhile; the engine hangs once for `outage`
    seconds, so that reply tokens run out and answers have to be pushed.
    """

    webhooks: int = 10_000
    citizens: int = 250
    rate: float = 50.0
    kills: int = 3
    served: int = 10
    outage: float = 45.0
    patience: float = 900.0


async def storm(stand: Stand, size: Size) -> Result:
    """Sends it all, lets it settle, and judges."""
    began = time.monotonic()
    async with reaching(stand.simulator) as line:
        await line.post("/control/quota", {"limit": None})
        phones = await line.citizens(size.citizens + size.served)
        operator = Operator(stand, phones[size.citizens :])
        await operator.begin(line)
        for fault in WEATHER:
            await line.post("/control/faults", {**fault, "times": MANY})
        groups = Planner(size.citizens).groups(size.webhooks)
        sent = Sent(phones, groups, operator)
        working = asyncio.create_task(operator.work())
        await _send(stand, line, sent, size)
        ended = time.monotonic()
        await _settle(line, working, size)
        settled = time.monotonic() - QUIET_SECONDS
        result = await judged(line, sent)
    times = {"sending": ended - began, "settling": settled - ended}
    result.figures |= {f"seconds_{name}": round(took, 1) for name, took in times.items()}
    return result


async def _settle(line: Remote, working: asyncio.Task[None], size: Size) -> None:
    """Waits in the same weather until hardly anything is under way, then in good weather."""
    await end([working])
    await line.until_quiet(_BAD_SECONDS, size.patience)
    await line.clear_faults()
    await line.until_quiet(QUIET_SECONDS, size.patience)


async def _send(stand: Stand, line: Remote, sent: Sent, size: Size) -> None:
    """Lets the citizens act at the given rate, and kills the gateway now and then."""
    deaths = [len(sent.groups) * (n + 1) // (size.kills + 1) for n in range(size.kills)]
    outage, loop = len(sent.groups) // 8, asyncio.get_running_loop()
    began, done = time.monotonic(), 0
    for number, group in enumerate(sent.groups):
        deeds = [{**deed, "phone": sent.phones[group.phone]} for deed in group.deeds]
        made = await line.post("/control/batch", {"deeds": deeds, "sends": list(group.sends)})
        sent.events.append(made["events"])
        if number in deaths:
            await asyncio.to_thread(stand.kill_gateway)
        if number == outage and size.outage:
            stand.stop_engine(stopped=True)
            loop.call_later(size.outage, lambda: stand.stop_engine(stopped=False))
        done += group.webhooks
        await asyncio.sleep(max(0.0, began + done / size.rate - time.monotonic()))
