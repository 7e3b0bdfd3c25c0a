"""Thousands of webhooks in bad weather; then every phone is held against what was asked."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.line.judging import Asked, Other, Verdict, judge
from bench.line.marks import TWICE, found_in, repeated
from bench.line.operating import Operator
from bench.line.plan import TAPS, UNREADABLE, Group, Planner
from bench.line.remote import reaching
from bot.channels.line.postback import MenuKind
from bot.tasks import end
from bot.wording import load_wording

if TYPE_CHECKING:
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
    operator: Operator
    events: list[list[dict[str, Any]]] = field(default_factory=list)


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
        sent = _Sent(phones, groups, operator)
        working = asyncio.create_task(operator.work())
        await _send(stand, line, sent, size)
        ended = time.monotonic()
        await _settle(line, working, size)
        settled = time.monotonic() - QUIET_SECONDS
        result = await _judged(line, sent)
    times = {"sending": ended - began, "settling": settled - ended}
    result.figures |= {f"seconds_{name}": round(took, 1) for name, took in times.items()}
    return result


async def _settle(line: Remote, working: asyncio.Task[None], size: Size) -> None:
    """Waits in the same weather until hardly anything is under way, then in good weather."""
    await end([working])
    await line.until_quiet(_BAD_SECONDS, size.patience)
    await line.clear_faults()
    await line.until_quiet(QUIET_SECONDS, size.patience)


async def _send(stand: Stand, line: Remote, sent: _Sent, size: Size) -> None:
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


async def _judged(line: Remote, sent: _Sent) -> Result:
    deliveries = (await line.get("/control/deliveries"))["deliveries"]
    shown = await line.phones(sent.phones)
    asked = _asked(sent, deliveries)
    said = sent.operator.said
    verdict = judge(asked + said, _others(sent), shown)
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
        "operators_messages": len(said),
        "seconds_to_answer": _delays(asked, shown),
        "shown_by": dict(Counter(entry["via"] for one in shown.values() for entry in one)),
    }
    return Result(verdict, figures)


def _others(sent: _Sent) -> list[Other]:
    """Events whose answers carry no mark, by how each kind's answer begins."""
    wording = load_wording()
    answers = {
        "unreadable": wording.render("only_text").partition("\n")[0],
        MenuKind.HOURS: repeated("line_info"),
        MenuKind.ASK: wording.render("on_line_ask").partition("\n")[0],
    }
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in answers}
    for group in sent.groups:
        for deed in group.deeds:
            kind = _kind(deed)
            if kind:
                counts[kind][sent.phones[group.phone]] += 1
    return [Other(kind, answers[kind], counts[kind]) for kind in answers]


def _kind(deed: dict[str, Any]) -> str | None:
    if deed["kind"] in UNREADABLE:
        return "unreadable"
    taps = [kind for kind, data in TAPS.items() if (deed.get("action") or {}).get("data") == data]
    return taps[0] if taps else None


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
                unsent=mark in group.unsent,
            )
            asked.append(one)
    return asked
