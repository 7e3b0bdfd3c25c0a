"""Thousands of webhooks in bad weather; then every phone is held against what was asked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.line.judging import Asked, Verdict, judge
from bench.line.marks import TWICE, found_in
from bench.line.plan import UNREADABLE, Group, Planner
from bench.line.remote import reaching
from bot.wording import load_wording

if TYPE_CHECKING:
    from bench.line.remote import Remote
    from bench.line.stand import Stand

UNREADABLE_KEY = "only_text"
"""The text of the answer to what cannot be read."""
MANY = 10**9
TIMEOUT = 20.0
"""Longer than the gateway waits for LINE."""
WEATHER: tuple[dict[str, Any], ...] = (
    {"call": "reply", "chance": 0.02, "status": 500},
    {"call": "reply", "chance": 0.02, "status": 500, "act": True},
    {"call": "reply", "chance": 0.02, "drop": True},
    {"call": "reply", "chance": 0.02, "drop": True, "act": True},
    {"call": "reply", "chance": 0.004, "after": TIMEOUT, "act": True},
    {"call": "reply", "chance": 0.01, "status": 429},
    {"call": "push", "chance": 0.03, "status": 503},
    {"call": "push", "chance": 0.03, "status": 500, "act": True},
    {"call": "push", "chance": 0.03, "drop": True, "act": True},
    {"call": "push", "chance": 0.02, "status": 429, "retry_after": 1},
    {"call": "loading", "chance": 0.05, "status": 500},
    {"call": "read", "chance": 0.05, "drop": True},
)
"""How often which call goes wrong, and how."""
QUIET_SECONDS = 20.0
"""So long nothing may happen before the phones are looked at; more than the longest back-off."""


@dataclass(frozen=True)
class Size:
    """How big a storm is; `rate` is webhooks a second, `kills` the gateway's deaths."""

    webhooks: int = 10_000
    citizens: int = 250
    rate: float = 50.0
    kills: int = 3
    patience: float = 900.0


@dataclass
class Result:
    """A storm's verdict, and what there was of everything."""

    verdict: Verdict
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass
class _Sent:
    """What went out: the citizens, what they did, and LINE's events of it."""

    phones: list[str]
    groups: list[Group]
    events: list[list[dict[str, Any]]] = field(default_factory=list)


async def storm(stand: Stand, size: Size) -> Result:
    """Sends it all, lets it settle, and judges."""
    began = time.monotonic()
    async with reaching(stand.simulator) as line:
        await line.post("/control/quota", {"limit": None})
        phones = await line.citizens(size.citizens)
        for fault in WEATHER:
            await line.post("/control/faults", {**fault, "times": MANY})
        groups = Planner(size.citizens).groups(size.webhooks)
        sent = _Sent(phones, groups)
        await _send(stand, line, sent, size)
        await line.clear_faults()
        ended = time.monotonic()
        await line.until_quiet(QUIET_SECONDS, size.patience)
        settled = time.monotonic() - QUIET_SECONDS
        result = await _judged(line, sent)
    times = {"sending": ended - began, "settling": settled - ended}
    result.figures |= {f"seconds_{name}": round(took, 1) for name, took in times.items()}
    return result


async def _send(stand: Stand, line: Remote, sent: _Sent, size: Size) -> None:
    """Lets the citizens act at the given rate, and kills the gateway now and then."""
    deaths = [len(sent.groups) * (n + 1) // (size.kills + 1) for n in range(size.kills)]
    began, done = time.monotonic(), 0
    for number, group in enumerate(sent.groups):
        deeds = [{**deed, "phone": sent.phones[group.phone]} for deed in group.deeds]
        made = await line.post("/control/batch", {"deeds": deeds, "sends": list(group.sends)})
        sent.events.append(made["events"])
        if number in deaths:
            await asyncio.to_thread(stand.kill_gateway)
        done += group.webhooks
        await asyncio.sleep(max(0.0, began + done / size.rate - time.monotonic()))


async def _judged(line: Remote, sent: _Sent) -> Result:
    deliveries = (await line.get("/control/deliveries"))["deliveries"]
    unreadable = Counter(
        sent.phones[group.phone]
        for group in sent.groups
        for deed in group.deeds
        if deed["kind"] in UNREADABLE
    )
    shown = await line.phones(sent.phones)
    first_line = load_wording().render(UNREADABLE_KEY).partition("\n")[0]
    asked = _asked(sent, deliveries)
    verdict = judge(asked, unreadable, shown, first_line)
    calls = (await line.get("/control/calls"))["calls"]
    state = await line.get("/control/state")
    figures = {
        "webhooks_sent": len(deliveries),
        "webhooks_answered_200": sum(one["status"] == 200 for one in deliveries),  # noqa: PLR2004
        "marked_as_redelivered": sum(one["redelivery"] for one in deliveries),
        "events": sum(len(made) for made in sent.events),
        "calls": {
            f"{call} {status or 'cut'}": count
            for (call, status), count in sorted(
                Counter((one["call"], one["status"]) for one in calls).items()
            )
        },
        "failures_on_command": state["faults_met"],
        "seconds_to_answer": _delays(asked, shown),
        "shown_by": dict(Counter(entry["via"] for one in shown.values() for entry in one)),
    }
    return Result(verdict, figures)


def _delays(asked: list[Asked], shown: dict[str, list[dict[str, Any]]]) -> dict[str, float]:
    """From asking to seeing the answer, whatever happened in between."""
    entries = [entry for one in shown.values() for entry in one]
    seen = {mark: entry["at"] for entry in entries for mark in found_in(str(entry["message"]))}
    waits = sorted((seen[one.mark] - one.timestamp) / 1000 for one in asked if one.mark in seen)
    names = {"median": 0.5, "p95": 0.95, "p99": 0.99, "greatest": 1.0}
    return {name: round(waits[int(part * (len(waits) - 1))], 2) for name, part in names.items()}


def _asked(sent: _Sent, deliveries: list[dict[str, Any]]) -> list[Asked]:
    """What is known of each question with a mark."""
    carried: dict[str, list[int]] = {}
    for number, delivery in enumerate(deliveries):
        for event_id in delivery["events"]:
            carried.setdefault(event_id, []).append(number)
    asked = []
    for group, made in zip(sent.groups, sent.events, strict=True):
        for deed, event, mark in zip(group.deeds, made, group.marks, strict=True):
            if mark is None:
                continue
            numbers = carried.get(event["webhookEventId"], [])
            tries = [deliveries[number] for number in numbers]
            accepted = [one["ended"] for one in tries if one["status"] == 200]  # noqa: PLR2004
            first = min((one["began"] for one in tries), default=0.0)
            one = Asked(
                phone=sent.phones[group.phone],
                mark=mark,
                timestamp=event["timestamp"],
                first_sent=first,
                accepted=min(accepted, default=None),
                carried=tuple(numbers),
                double=TWICE in deed["text"],
            )
            asked.append(one)
    return asked
