"""What measured times come to."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence


def in_ms(seconds: Sequence[float]) -> dict[str, Any]:
    """Count, median, 95th and 99th percentile and greatest of some times, in ms."""
    if not seconds:
        return {"count": 0}
    times = sorted(1000 * one for one in seconds)
    cuts = statistics.quantiles(times, n=100, method="inclusive") if times[1:] else times * 99
    return {
        "count": len(times),
        "median": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "greatest": round(times[-1], 1),
    }
