"""How fast webhooks get their 200 at a steady rate."""

from __future__ import annotations

import asyncio
import statistics
import time
from typing import TYPE_CHECKING, Any

from bench.line.marks import mark
from bench.line.remote import reaching

if TYPE_CHECKING:
    from bench.line.remote import Remote
    from bench.line.stand import Stand

CITIZENS = 150
_STEP_SECONDS = 0.5
WARM_UP = 100
_OK = 200


async def pace(stand: Stand, rate: float, seconds: float) -> dict[str, Any]:
    """Sends single-text webhooks at a rate (a second), and returns how long their 200 took.

    Measured where LINE would stand: in the simulator's process, from before the request is written
    until its answer is read; so the time also holds what the simulator itself is busy with.
    """
    async with reaching(stand.simulator) as line:
        await line.post("/control/quota", {"limit": None})
        phones = await line.citizens(CITIZENS)
        await _send(line, phones, WARM_UP, rate, 0)
        await line.until_quiet(3, 120)
        before = len((await line.get("/control/deliveries"))["deliveries"])
        await _send(line, phones, round(rate * seconds), rate, WARM_UP)
        await line.until_quiet(5, 300)
        deliveries = (await line.get("/control/deliveries"))["deliveries"][before:]
        shown = await line.phones(phones)
    return _figures(deliveries, rate, seconds, sum(len(one) for one in shown.values()))


async def _send(line: Remote, phones: list[str], count: int, rate: float, first: int) -> None:
    """Sends in steps: each command carries the webhooks of half a second."""
    began, done = time.monotonic(), 0
    step = max(1, round(rate * _STEP_SECONDS))
    while done < count:
        numbers = range(done, min(done + step, count))
        deeds = [
            {
                "phone": phones[number % len(phones)],
                "kind": "text",
                "text": f"{mark(first + number)}は何ですか",
            }
            for number in numbers
        ]
        sends = [{"events": [place], "after": place / rate} for place in range(len(deeds))]
        await line.post("/control/batch", {"deeds": deeds, "sends": sends})
        done += len(deeds)
        await asyncio.sleep(max(0.0, began + done / rate - time.monotonic()))


def _figures(
    deliveries: list[dict[str, Any]], rate: float, seconds: float, messages: int
) -> dict[str, Any]:
    took = sorted(1000 * (one["ended"] - one["began"]) for one in deliveries)
    span = max(one["began"] for one in deliveries) - min(one["began"] for one in deliveries)
    cuts = statistics.quantiles(took, n=100)
    return {
        "asked_rate": rate,
        "asked_seconds": seconds,
        "webhooks": len(took),
        "answered_200": sum(one["status"] == _OK for one in deliveries),
        "true_rate": round(len(took) / span, 1),
        "messages_on_phones": messages,
        "ms_median": round(cuts[49], 1),
        "ms_p95": round(cuts[94], 1),
        "ms_p99": round(cuts[98], 1),
        "ms_greatest": round(took[-1], 1),
    }
