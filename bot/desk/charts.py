"""Bar charts, drawn by the server: where each bar stands. Colours and words are the template's."""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk.tables import Cell, Table

WIDTH, HEIGHT = 1060, 200
"""The drawing area of standing bars, in the chart's own units: pixels, where there is room."""
LYING, ROW = 510, 30
"""The width of lying bars with their labels, and the height of each."""
LABELS, NUMBERS = 200, 50
"""The room for lying bars' labels and numbers."""
LEFT, TOP, BELOW = 50, 12, 28
"""The room around standing bars."""
_LINES = 5
_MAX_LABELS = 12
_MAX_CHARACTERS = 13


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
    unit = _unit(most)
    lines = math.ceil(most / unit)
    room, bars = WIDTH / len(values), []
    for place, row in enumerate(values):
        y = float(TOP + HEIGHT)
        for series, number in enumerate(row):
            height = round(number / (unit * lines) * HEIGHT, 2)
            y -= height
            if number:
                bars.append(Bar(LEFT + (place + 0.12) * room, y, room * 0.76, height, series))
    every = math.ceil(len(labels) / _MAX_LABELS)
    marks = tuple(
        Mark(round(LEFT + (place + 0.5) * room, 2), TOP + HEIGHT + 20, _short(label))
        for place, label in enumerate(labels)
        if place % every == 0
    )
    heights = [round(TOP + HEIGHT - HEIGHT * line / lines, 2) for line in range(lines + 1)]
    numbers = tuple(
        Mark(LEFT - 8, height + 5, str(unit * line)) for line, height in enumerate(heights)
    )
    size = (LEFT + WIDTH, TOP + HEIGHT + BELOW)
    return Chart(*size, tuple(bars), marks, numbers, tuple(heights))


def _lying(labels: list[str], values: Sequence[tuple[int, ...]], most: int) -> Chart:
    room = LYING - LABELS - NUMBERS
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
    return Chart(LYING, ROW * len(values), tuple(bars), tuple(marks), tuple(numbers))


def _number(cell: Cell) -> int:
    return cell if isinstance(cell, int) else 0


def _unit(most: int) -> int:
    """The distance of the grid's lines: 1, 2 or 5 and zeros, so that five lines are enough."""
    unit, factors = 1, itertools.cycle((2, 2.5, 2))
    while unit * _LINES < most:
        unit = round(unit * next(factors))
    return unit


def _short(label: str) -> str:
    """A label that has room; the table beside the chart has the whole of it."""
    return label if len(label) <= _MAX_CHARACTERS else f"{label[: _MAX_CHARACTERS - 1]}…"
