"""Bar charts, drawn by the server: where each bar stands. Colours and words are the template's."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk.tables import Cell, Table

WIDTH, HEIGHT = 720, 200
"""The drawing area of standing bars, in the chart's own units."""
ROW = 30
LABELS = 230
"""Height of a lying bar's row, and the room for its label."""
NUMBERS = 60
STEPS = 4
_MAX_LABELS = 12
_MAX_CHARACTERS = 15


@dataclass(frozen=True)
class Bar:
    """A rectangle; `series`: which of the stacked columns, from 0."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True)
class Mark:
    """A text, and where it stands."""

    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Chart:
    """A chart's geometry; `lines`: heights of the grid's lines, of standing bars alone."""

    width: float
    height: float
    bars: tuple[Bar, ...]
    labels: tuple[Mark, ...]
    numbers: tuple[Mark, ...]
    lines: tuple[float, ...] = ()


def chart(table: Table) -> Chart | None:
    """The chart of a table that has one; None if there is nothing to draw."""
    values = [tuple(_number(cell) for cell in row[1 : 1 + table.bars]) for row in table.rows]
    most = max((sum(row) for row in values), default=0)
    if not table.bars or not most:
        return None
    labels = [str(row[0]) for row in table.rows]
    return _standing(labels, values, most) if table.upright else _lying(labels, values, most)


def _standing(labels: list[str], values: Sequence[tuple[int, ...]], most: int) -> Chart:
    top = _round_up(most)
    step = WIDTH / len(values)
    left, bars = 36.0, []
    for place, row in enumerate(values):
        y = float(HEIGHT)
        for series, number in enumerate(row):
            height = round(number / top * HEIGHT, 2)
            y -= height
            if number:
                bar = Bar(left + place * step + step * 0.12, y, step * 0.76, height, series)
                bars.append(bar)
    every = math.ceil(len(labels) / _MAX_LABELS)
    marks = tuple(
        Mark(round(left + place * step + step / 2, 2), HEIGHT + 18, _short(label))
        for place, label in enumerate(labels)
        if place % every == 0
    )
    heights = [round(HEIGHT - HEIGHT * part / STEPS, 2) for part in range(STEPS + 1)]
    numbers = tuple(
        Mark(left - 6, height + 4, str(top * part // STEPS)) for part, height in enumerate(heights)
    )
    return Chart(WIDTH + left, HEIGHT + 28, tuple(bars), marks, numbers, tuple(heights))


def _lying(labels: list[str], values: Sequence[tuple[int, ...]], most: int) -> Chart:
    room = WIDTH - LABELS - NUMBERS
    bars, marks, numbers = [], [], []
    for place, (label, row) in enumerate(zip(labels, values, strict=True)):
        x, y = float(LABELS), place * ROW
        for series, number in enumerate(row):
            width = round(number / most * room, 2)
            if number:
                bars.append(Bar(x, y + 6, width, ROW - 12, series))
            x += width
        marks.append(Mark(LABELS - 10, y + ROW / 2 + 5, _short(label)))
        numbers.append(Mark(x + 8, y + ROW / 2 + 5, str(sum(row))))
    return Chart(WIDTH, ROW * len(values), tuple(bars), tuple(marks), tuple(numbers))


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _round_up(most: int) -> int:
    """A round number from which the grid's lines are whole numbers."""
    least = max(most, STEPS)
    unit = 10 ** max(len(str(least)) - 2, 0) * STEPS
    return int(math.ceil(least / unit) * unit)


def _short(label: str) -> str:
    """A label that has room; the table beside the chart has the whole of it."""
    return label if len(label) <= _MAX_CHARACTERS else f"{label[: _MAX_CHARACTERS - 1]}…"
