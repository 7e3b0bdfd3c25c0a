"""What was measured, as goals reached or not, and in words."""

from __future__ import annotations

import os
import platform
from typing import Any, NamedTuple


class Goal(NamedTuple):
    """A ratio that is to be reached."""

    name: str
    value: float
    bound: float
    at_least: bool

    @property
    def reached(self) -> bool:
        """Whether it is."""
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def goals(found: dict[str, Any]) -> list[dict[str, Any]]:
    """The goals of docs/performance.md with what was measured."""
    ours, stock = (found["rounds"][name] for name in ("ours", "stock"))
    turn = found["long"]["ours"]["turn"]
    last = list(turn)[-1]
    every = [
        Goal(
            "messages/s, 16 at once, of stock's",
            ours["at_once"]["16"]["per_second"] / stock["at_once"]["16"]["per_second"],
            10,
            at_least=True,
        ),
        Goal("median latency, of stock's", _median(ours) / _median(stock), 1 / 6, at_least=False),
        Goal(f"turn {last}, of turn 10's latency", turn[last] / turn["10"], 1.2, at_least=False),
        _share("start", ours["start_seconds"], stock["start_seconds"], 1 / 4),
        _share("memory", ours["resident_megabytes"], stock["resident_megabytes"], 1 / 3),
        _share("training", found["training"]["ours"], found["training"]["stock"], 1 / 3),
        Goal("the gateway adds, ms", found["product"]["gateway_adds"], 8, at_least=False),
        Goal("two replicas, of one's messages/s", found["replicas"]["ratio"], 1.5, at_least=True),
    ]
    return [{**goal._asdict(), "reached": goal.reached} for goal in every]


def told(found: dict[str, Any]) -> str:
    """The figures as a Markdown table, then the goals."""
    ours, stock = (found["rounds"][name] for name in ("ours", "stock"))
    lines = [_row("", "ours", "stock Rasa"), "|---|---:|---:|"]
    training = found["training"]
    lines.append(_row("training, s", f"{training['ours']:.0f}", f"{training['stock']:.0f}"))
    for name, figure, digits in (
        ("start, s", "start_seconds", 1),
        ("computing until started, s", "start_cpu_seconds", 1),
        ("resident memory, MB", "resident_megabytes", 0),
    ):
        lines.append(_row(name, *(f"{one[figure]:.{digits}f}" for one in (ours, stock))))
    for number in ours["at_once"]:
        both = [one["at_once"][number] for one in (ours, stock)]
        for name, figure in _FIGURES.items():
            shown = [f"{one[figure]:.1f}" for one in both]
            lines.append(_row(f"{name}, {number} at once", *shown))
    both_long = [found["long"][name] for name in ("ours", "stock")]
    for turn in both_long[0]["turn"]:
        shown = [f"{one['turn'][turn]:.1f}" for one in both_long]
        lines.append(_row(f"latency at turn {turn}, ms", *shown))
    shown = [f"{one['after_sessions']:.1f}" for one in both_long]
    lines.append(_row("latency after 20 sessions, ms", *shown))
    return "\n".join([*lines, "", *_rest(found)])


_FIGURES = {
    "median latency, ms": "median",
    "95th percentile, ms": "p95",
    "messages/s": "per_second",
    "computing, s per 1,000 messages": "cpu_per_1000",
}


def machine() -> dict[str, Any]:
    """What it was measured on."""
    return {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()}


def _rest(found: dict[str, Any]) -> list[str]:
    product, two = found["product"], found["replicas"]
    whole = product["product"]["median"]
    lines = [
        f"POST to the last reply on the stream: {whole:.1f} ms at the median.",
        f"Of that the gateway: {product['gateway_adds']:.1f} ms.",
        f"One engine {two['one']:.0f} messages/s, two {two['two']:.0f}.",
        "",
        "| goal | measured | bound | |",
        "|---|---:|---:|---|",
    ]
    for goal in found["goals"]:
        sign = "≥" if goal["at_least"] else "≤"
        reached = "reached" if goal["reached"] else "**missed**"
        lines.append(
            f"| {goal['name']} | {goal['value']:.3g} | {sign} {goal['bound']:.3g} | {reached} |"
        )
    return lines


def _median(system: dict[str, Any]) -> float:
    return float(system["at_once"]["1"]["median"])


def _share(name: str, ours: float, stock: float, bound: float) -> Goal:
    return Goal(f"{name}, of stock's", ours / stock, bound, at_least=False)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
