"""The days that somebody asks about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from bot.errors import bad_request

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_DAYS = 366


@dataclass(frozen=True)
class Period:
    """Days in Tokyo, both ends included."""

    first: date
    last: date

    @property
    def days(self) -> list[str]:
        """The days as 2021-04-01, oldest first."""
        number = (self.last - self.first).days + 1
        return [(self.first + timedelta(days=day)).isoformat() for day in range(number)]

    @property
    def newest_first(self) -> list[str]:
        """The days as 2021-04-01, newest first."""
        return self.days[::-1]


def read_period(given: Mapping[str, str], today: date, usual_days: int = 1) -> Period:
    """The days `from` … `to` of a request; without them so many up to today.

    Raises:
        RequestError: 400, if they are no dates, the wrong way round, or more than 366.
    """
    try:
        last = date.fromisoformat(given.get("to") or given.get("from") or today.isoformat())
        before = timedelta(days=usual_days - 1)
        first = date.fromisoformat(given["from"]) if given.get("from") else last - before
    except (ValueError, OverflowError) as error:
        raise bad_request("bad_period", days=MAX_DAYS) from error
    if not 0 <= (last - first).days < MAX_DAYS:
        raise bad_request("bad_period", days=MAX_DAYS)
    return Period(first, last)
