"""`python -m bench.understanding.pictures`: draws what was measured, beside the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl
import numpy as np

from bench.understanding.keeping import KEPT, kept

mpl.use("Agg")
from matplotlib import pyplot as plt

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_INCHES = 0.42
"""A cell of the confusion picture."""
_DARK = 0.5


def main() -> None:
    """Draws each picture whose figures there are."""
    bot = kept("bot")
    if bot:
        for name, counts in bot["confusion"].items():
            _confusion(name, counts)
    curve = kept("curve")
    if curve:
        _curve(curve)
    held_back = kept("cross_validation")
    if held_back:
        _reliability(held_back)


def _confusion(name: str, found: dict[str, Any]) -> None:
    counts = np.array(found["counts"])
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    rows, columns = counts.shape
    figure, axes = plt.subplots(figsize=(3.5 + columns * _INCHES, 2.5 + rows * _INCHES))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    axes.set_xticks(range(columns), found["columns"], rotation=60, ha="right")
    axes.set_yticks(range(rows), found["rows"])
    for row, column in zip(*counts.nonzero(), strict=True):
        colour = "white" if shares[row, column] > _DARK else "black"
        axes.text(column, row, counts[row, column], ha="center", va="center", color=colour)
    axes.set(xlabel=f"{name} that the bot answered with", ylabel=f"{name} that was asked for")
    _keep(f"confusion-{name}")
    plt.close(figure)


def _curve(found: dict[str, Any]) -> None:
    figure, axes = plt.subplots(figsize=(6, 4))
    lines = [point["lines"] for point in found["curve"]]
    for name in ("topic", "facet"):
        axes.plot(lines, [point[name] * 100 for point in found["curve"]], "o-", label=name)
    axes.set(xlabel="lines of data/nlu", ylabel="single questions right, %", xscale="log")
    axes.set_xticks(lines, [f"{number:,}" for number in lines])
    axes.minorticks_off()
    axes.grid(alpha=0.3)
    axes.legend()
    _keep("learning-curve")
    plt.close(figure)


def _reliability(found: dict[str, Any]) -> None:
    figure, every = plt.subplots(1, len(found), figsize=(4 * len(found), 4), sharey=True)
    for axes, (name, head) in zip(every, found.items(), strict=True):
        _plot(axes, name, head)
    every[0].set_ylabel("share right")
    _keep("reliability")
    plt.close(figure)


def _plot(axes: Axes, name: str, head: dict[str, Any]) -> None:
    """Points on the diagonal: of what was said with 0.8, eight in ten are right."""
    bins = head["bins"]
    axes.plot([0, 1], [0, 1], color="grey", linewidth=1)
    sizes = [12 + 400 * one["lines"] / head["lines"] for one in bins]
    axes.scatter([one["sure"] for one in bins], [one["right"] for one in bins], sizes)
    axes.set(title=f"{name} (error {head['error']:.3f})", xlabel="confidence")
    axes.set(xlim=(0, 1), ylim=(0, 1), aspect="equal")


def _keep(name: str) -> None:
    plt.tight_layout()
    # Nothing of the moment in the file, so that the same figures make the same picture.
    plt.savefig(KEPT / f"{name}.png", dpi=110, metadata={"Software": None})


if __name__ == "__main__":
    main()
