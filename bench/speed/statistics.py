"""Medians and shares of what was measured."""

from __future__ import annotations

from statistics import median, quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_TWENTIETHS = 20


class Latency(NamedTuple):
    """In milliseconds."""

    median: float
    p95: float


def latency(seconds: Sequence[float]) -> Latency:
    """Median and 95th percentile of latencies in seconds; there must be two at least."""
    return Latency(median(seconds) * 1000, quantiles(seconds, n=_TWENTIETHS)[-1] * 1000)


def medians(rounds: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The median of each figure over the rounds that have it; figures may be nested."""
    keys = dict.fromkeys(key for one in rounds for key in one)
    return {key: _median([one[key] for one in rounds if key in one]) for key in keys}


def _median(values: list[Any]) -> Any:  # noqa: ANN401 - a figure, or figures with names
    return medians(values) if isinstance(values[0], dict) else median(values)
