"""Opening hours of the operators, and the clock that everybody asks."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

TOKYO = ZoneInfo("Asia/Tokyo")
_FORMAT = re.compile(r"(\d{2}):(\d{2})-(\d{2}):(\d{2})")
_DAY = 24 * 60


@dataclass(frozen=True)
class OpeningHours:
    """A span of each day in Tokyo, in minutes after midnight; `closes` itself is closed."""

    opens: int
    closes: int

    @classmethod
    def parse(cls, text: str) -> OpeningHours:
        """Reads `08:00-21:00`; `00:00-24:00` is always.

        Raises:
            ValueError: if the text has another form or closes before it opens.
        """
        match = _FORMAT.fullmatch(text.strip())
        if not match:
            raise ValueError(f"{text!r} is not of the form 08:00-21:00")
        hour_a, minute_a, hour_b, minute_b = map(int, match.groups())
        opens, closes = hour_a * 60 + minute_a, hour_b * 60 + minute_b
        if minute_a > 59 or minute_b > 59 or not 0 <= opens < closes <= _DAY:  # noqa: PLR2004
            raise ValueError(f"{text!r} is no span of one day")
        return cls(opens, closes)

    def is_open(self, now: datetime) -> bool:
        """Whether operators are there at this moment."""
        local = now.astimezone(TOKYO)
        return self.opens <= local.hour * 60 + local.minute < self.closes

    def written(self) -> str:
        """As `parse` reads it."""
        spans = [f"{one // 60:02}:{one % 60:02}" for one in (self.opens, self.closes)]
        return "-".join(spans)

    def __str__(self) -> str:
        """As people read it: 8:00〜21:00."""
        return f"{_clock_face(self.opens)}〜{_clock_face(self.closes)}"


class Calendar:
    """The regular hours of each day, and exceptions by date; one object that all of a process ask.

    `exceptions` (date in Tokyo → other hours, or None for closed) is replaced as a whole whenever
    the settings changed; see `bot/adapters/redis/hours.py`.
    """

    def __init__(
        self, regular: OpeningHours, exceptions: Mapping[date, OpeningHours | None] | None = None
    ) -> None:
        """Starts with the hours of every day."""
        self.regular = regular
        self.exceptions: Mapping[date, OpeningHours | None] = exceptions or {}

    def hours(self, day: date) -> OpeningHours | None:
        """The hours of a day; None if it is closed."""
        return self.exceptions.get(day, self.regular)

    def is_open(self, now: datetime) -> bool:
        """Whether operators are there at this moment."""
        hours = self.hours(now.astimezone(TOKYO).date())
        return hours is not None and hours.is_open(now)

    def next_opening(self, now: datetime) -> datetime:
        """The next moment at which operators come in, in Tokyo's time."""
        return next(opens for opens, _ in self._spans(now) if opens > now)

    def next_closing(self, now: datetime) -> datetime:
        """The next moment at which operators leave, in Tokyo's time."""
        return next(closes for _, closes in self._spans(now) if closes > now)

    def due(self, now: datetime, days: int) -> datetime:
        """When operators leave on the so-and-so-many-th day that is yet to open: 1 is the next."""
        ends = (closes for opens, closes in self._spans(now) if opens > now)
        for _ in range(days - 1):
            next(ends)
        return next(ends)

    def upcoming(self, now: datetime, days: int) -> list[tuple[date, OpeningHours | None]]:
        """The exceptions from today on, for so many days, in their order."""
        today = now.astimezone(TOKYO).date()
        end = today + timedelta(days=days)
        found = [(day, hours) for day, hours in self.exceptions.items() if today <= day < end]
        return sorted(found, key=lambda one: one[0])

    def __str__(self) -> str:
        """The regular hours as people read them."""
        return str(self.regular)

    def _spans(self, now: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Opening and closing of each day from yesterday on; exceptions end, so this does not."""
        day = now.astimezone(TOKYO).date() - timedelta(days=1)
        while True:
            midnight = datetime(day.year, day.month, day.day, tzinfo=TOKYO)
            if hours := self.hours(day):
                yield (
                    midnight + timedelta(minutes=hours.opens),
                    midnight + timedelta(minutes=hours.closes),
                )
            day += timedelta(days=1)


def _clock_face(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02}"


class Clock:
    """The one clock; it may start at another time than now, to rehearse closing time."""

    def __init__(self, start: datetime | None = None) -> None:
        """Starts the clock at `start` (with offset), or at the real time."""
        self._start = start
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The time in Tokyo."""
        if self._start is None:
            return datetime.now(TOKYO)
        passed = timedelta(seconds=time.monotonic() - self._started)
        return self._start.astimezone(TOKYO) + passed
