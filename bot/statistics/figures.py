"""What days of counts amount to."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.statistics.counting import Dealt

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HOURS = tuple(f"{hour:02}" for hour in range(24))
_P95 = 0.95


@dataclass(frozen=True)
class Spread:
    """How long something took, in seconds; None where it never happened."""

    count: int
    median: int | None
    p95: int | None


@dataclass(frozen=True)
class Figures:
    """Sums of some days; shares are of 1, and None where there is nothing to share."""

    conversations: int
    messages: int
    handoffs: int
    share_alone: float | None
    """Of all conversations, those in which the bot answered and nobody else was needed."""
    handoff_rate: float | None
    """Of all conversations, those that came to the operators."""
    left: int
    """Left the queue before an operator came."""
    returned: int
    closed: int
    waiting: Spread
    """From the queue to an operator who takes the conversation."""
    first_response: Spread
    """From the queue to the operator's first words."""
    handling: Spread
    """From taking a conversation to ending it or passing it on."""
    dealt: dict[str, int]
    by_hour: dict[str, dict[str, int]]
    """Channel → conversations by the hour in which they began to be used on a day."""
    messages_by_channel: dict[str, int]
    handoffs_by_hour: dict[str, int]
    reasons: dict[str, int]
    after: dict[str, int]
    outcomes: dict[str, int]
    initiatives: dict[str, int]
    facets: dict[str, int]
    dispositions: dict[str, int]
    tickets: dict[str, int]


def summed(days: Iterable[Mapping[str, int]]) -> Counter[str]:
    """The counts of several days as one."""
    total: Counter[str] = Counter()
    for day in days:
        total.update(day)
    return total


def figures(counts: Mapping[str, int]) -> Figures:
    """What some counts (see `counting.py`) amount to."""
    by_hour = _by_hour(counts)
    conversations = sum(sum(hours.values()) for hours in by_hour.values())
    dealt = {each.value: max(counts.get(f"dealt:{each}", 0), 0) for each in Dealt}
    handoffs = _named(counts, "handoff")
    messages = _messages(counts)
    return Figures(
        conversations=conversations,
        messages=sum(messages.values()),
        handoffs=sum(handoffs.values()),
        share_alone=_share(dealt[Dealt.ALONE], conversations),
        handoff_rate=_share(dealt[Dealt.HANDED], conversations),
        left=counts.get("left", 0),
        returned=counts.get("returned", 0),
        closed=counts.get("closed", 0),
        waiting=spread(counts, "wait"),
        first_response=spread(counts, "first"),
        handling=spread(counts, "handling"),
        dealt=dealt,
        by_hour=by_hour,
        messages_by_channel=messages,
        handoffs_by_hour={hour: handoffs.get(hour, 0) for hour in HOURS},
        reasons=_named(counts, "reason"),
        after=_named(counts, "after"),
        outcomes=_named(counts, "outcome"),
        initiatives=_named(counts, "initiative"),
        facets=_named(counts, "facet"),
        dispositions=_named(counts, "disposition"),
        tickets=_named(counts, "ticket"),
    )


def spread(counts: Mapping[str, int], name: str) -> Spread:
    """Median and 95th percentile: the least time within which so many of all were done."""
    times = sorted((int(second), times) for second, times in _named(counts, name).items())
    total = sum(number for _, number in times)
    return Spread(total, _within(times, total * 0.5), _within(times, total * _P95))


def _within(times: list[tuple[int, int]], wanted: float) -> int | None:
    reached = 0
    for seconds, number in times:
        reached += number
        if reached >= math.ceil(wanted):
            return seconds
    return None


def _named(counts: Mapping[str, int], name: str) -> dict[str, int]:
    """The counts `<name>:<what>` by what, most frequent first."""
    found = {
        key.partition(":")[2]: number
        for key, number in counts.items()
        if key.partition(":")[0] == name and number > 0
    }
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _by_hour(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for key, number in _named(counts, "conversations").items():
        channel, _, hour = key.partition(":")
        found.setdefault(channel, dict.fromkeys(HOURS, 0))[hour] = number
    return dict(sorted(found.items(), reverse=True))


def _messages(counts: Mapping[str, int]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for key, number in _named(counts, "messages").items():
        found[key.partition(":")[0]] += number
    return dict(sorted(found.items(), reverse=True))


def _share(part: int, whole: int) -> float | None:
    return round(part / whole, 6) if whole else None
