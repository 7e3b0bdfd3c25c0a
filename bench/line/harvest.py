"""What a storm left behind: the phones, the records, and what was asked; and what that comes to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from bench.line.judging import Asked, Other, Verdict, judge
from bench.line.marks import TWICE, found_in, repeated
from bench.line.plan import TAPS, UNREADABLE
from bot.channels.line.postback import MenuKind
from bot.wording import load_wording

if TYPE_CHECKING:
    from bench.line.operating import Operator
    from bench.line.plan import Group
    from bench.line.remote import Remote


@dataclass
class Sent:
    """What went out: the citizens, what they did, and LINE's events of it."""

    phones: list[str]
    groups: list[Group]
    operator: Operator
    events: list[list[dict[str, Any]]] = field(default_factory=list)


@dataclass
class Result:
    """A storm's verdict, and what there was of everything."""

    verdict: Verdict
    figures: dict[str, Any] = field(default_factory=dict)


async def judged(line: Remote, sent: Sent) -> Result:
    """Holds every phone against what was asked, and counts what happened on the way."""
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
        "said_to_be_a_repeat": _repeats(shown),
        "seconds_to_answer": _delays(asked, shown),
        "shown_by": dict(Counter(entry["via"] for one in shown.values() for entry in one)),
    }
    return Result(verdict, figures)


def _repeats(shown: dict[str, list[dict[str, Any]]]) -> int:
    """Messages that say of themselves that the citizen may have seen them before."""
    text = load_wording().render("on_line_again")
    return sum(text in str(entry["message"]) for one in shown.values() for entry in one)


def _others(sent: Sent) -> list[Other]:
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


def _asked(sent: Sent, deliveries: list[dict[str, Any]]) -> list[Asked]:
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
