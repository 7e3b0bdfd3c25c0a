"""`python -m bench.speed.picture`: draws the figures, beside them (in the engine's environment)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from bench.understanding.sets import ROOT

mpl.use("Agg")
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from matplotlib.axes import Axes

KEPT = ROOT / "docs/performance"
_COLOURS = {"ours": "tab:blue", "stock": "tab:orange"}
_SINGLE = (
    ("training, s", lambda found, name: found["training"][name]),
    ("start, s", lambda found, name: found["rounds"][name]["start_seconds"]),
    ("resident memory, MB", lambda found, name: found["rounds"][name]["resident_megabytes"]),
    (
        "computing, s per 1,000 messages",
        lambda found, name: found["rounds"][name]["at_once"]["1"]["cpu_per_1000"],
    ),
)


def main() -> None:
    """Draws `bench.png`."""
    found = json.loads((KEPT / "bench.json").read_text(encoding="utf-8"))
    figure, ((one, two), (three, four)) = plt.subplots(2, 2, figsize=(10, 7.5))
    _shares(one, found)
    _at_once(two, found, "per_second", "messages/s")
    _at_once(three, found, "median", "median latency, ms")
    _turns(four, found)
    figure.tight_layout()
    # Nothing of the moment in the file, so that the same figures make the same picture.
    figure.savefig(KEPT / "bench.png", dpi=110, metadata={"Software": None})


def _shares(axes: Axes, found: dict[str, Any]) -> None:
    """What ours needs of what stock Rasa needs; the figures themselves beside the bars."""
    for at, (_, figure) in enumerate(_SINGLE):
        ours, stock = figure(found, "ours"), figure(found, "stock")
        axes.barh(at, ours / stock * 100, color=_COLOURS["ours"])
        axes.text(ours / stock * 100 + 1, at, f"{ours:,.0f} of {stock:,.0f}", va="center")
    axes.set_yticks(range(len(_SINGLE)), [name for name, _ in _SINGLE])
    axes.invert_yaxis()
    axes.set(xlabel="ours, % of stock Rasa's", xlim=(0, 60))


def _at_once(axes: Axes, found: dict[str, Any], figure: str, label: str) -> None:
    for place, name in enumerate(_COLOURS):
        some = found["rounds"][name]["at_once"]
        values = [one[figure] for one in some.values()]
        bars = axes.bar(
            [at + place * 0.4 for at in range(len(some))],
            values,
            width=0.4,
            color=_COLOURS[name],
            label=name,
        )
        axes.bar_label(bars, [f"{value:,.0f}" for value in values])
    axes.set_xticks([at + 0.2 for at in range(len(some))], list(some))
    axes.set(xlabel="conversations at once", ylabel=label)
    axes.legend()


def _turns(axes: Axes, found: dict[str, Any]) -> None:
    for name, colour in _COLOURS.items():
        turns = found["long"][name]["turn"]
        axes.plot([int(turn) for turn in turns], turns.values(), "o-", color=colour, label=name)
    axes.set(xlabel="turn of one conversation", ylabel="latency, ms", ylim=(0, None))
    axes.grid(alpha=0.3)
    axes.legend()


if __name__ == "__main__":
    main()
