"""Opening hours of the operators, and the clock that everybody asks."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

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

    def next_opening(self, now: datetime) -> datetime:
        """The next moment at which operators come in, in Tokyo's time."""
        local = now.astimezone(TOKYO)
        midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
        today = midnight + timedelta(minutes=self.opens)
        return today if local < today else today + timedelta(days=1)

    def __str__(self) -> str:
        """As people read it: 8:00〜21:00."""
        return f"{_clock_face(self.opens)}〜{_clock_face(self.closes)}"


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
