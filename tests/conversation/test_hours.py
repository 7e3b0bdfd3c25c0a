from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.conversation.hours import TOKYO, Calendar, Clock, OpeningHours

HOURS = Calendar(OpeningHours.parse("08:00-21:00"))
EASTER = date(2021, 4, 4)
SHORT = OpeningHours.parse("10:00-15:00")


@pytest.mark.parametrize(
    ("time", "expected"),
    [("07:59:59", False), ("08:00:00", True), ("20:59:59", True), ("21:00:00", False)],
)
def test_open_from_eight_until_just_before_nine(time: str, expected: bool) -> None:  # noqa: FBT001 - a table
    assert HOURS.is_open(datetime.fromisoformat(f"2021-04-01T{time}+09:00")) is expected


def test_the_hours_are_tokyos_wherever_the_clock_is() -> None:
    assert HOURS.is_open(datetime(2021, 3, 31, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "opening"),
    [
        ("2021-04-01T07:00:00+09:00", "2021-04-01T08:00:00+09:00"),
        ("2021-04-01T21:00:00+09:00", "2021-04-02T08:00:00+09:00"),
    ],
)
def test_the_next_opening(now: str, opening: str) -> None:
    assert HOURS.next_opening(datetime.fromisoformat(now)) == datetime.fromisoformat(opening)


@pytest.mark.parametrize("text", ["", "8-21", "21:00-08:00", "08:60-21:00", "08:00-24:01"])
def test_what_is_no_span_of_a_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"span|form"):
        OpeningHours.parse(text)


def test_hours_read_as_people_write_them() -> None:
    assert str(HOURS) == "8:00〜21:00"


def test_always_open() -> None:
    always = OpeningHours.parse("00:00-24:00")
    assert always.is_open(datetime(2021, 4, 1, 23, 59, 59, tzinfo=TOKYO))


@pytest.fixture
def holidays() -> Calendar:
    """Closed on April 2nd and 3rd, short on the 4th."""
    closed = {date(2021, 4, 2): None, date(2021, 4, 3): None}
    return Calendar(OpeningHours.parse("08:00-21:00"), {EASTER: SHORT, **closed})


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        ("2021-04-01T12:00", True),
        ("2021-04-02T12:00", False),
        ("2021-04-04T09:59", False),
        ("2021-04-04T10:00", True),
        ("2021-04-04T15:00", False),
        ("2021-04-05T20:59", True),
    ],
)
def test_a_day_of_its_own_has_hours_of_its_own(
    holidays: Calendar,
    time: str,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    assert holidays.is_open(datetime.fromisoformat(f"{time}:00+09:00")) is expected


@pytest.mark.parametrize(
    ("now", "opens", "closes", "due"),
    [
        ("2021-04-01T07:00", "2021-04-01T08:00", "2021-04-01T21:00", "2021-04-01T21:00"),
        ("2021-04-01T12:00", "2021-04-04T10:00", "2021-04-01T21:00", "2021-04-04T15:00"),
        ("2021-04-01T21:00", "2021-04-04T10:00", "2021-04-04T15:00", "2021-04-04T15:00"),
        ("2021-04-04T15:00", "2021-04-05T08:00", "2021-04-05T21:00", "2021-04-05T21:00"),
    ],
)
def test_closed_days_are_passed_over(
    holidays: Calendar, now: str, opens: str, closes: str, due: str
) -> None:
    at = datetime.fromisoformat(f"{now}:00+09:00")
    assert f"{holidays.next_opening(at):%Y-%m-%dT%H:%M}" == opens
    assert f"{holidays.next_closing(at):%Y-%m-%dT%H:%M}" == closes
    assert f"{holidays.due(at, 1):%Y-%m-%dT%H:%M}" == due


def test_more_days_are_counted_by_days_that_open(holidays: Calendar) -> None:
    at = datetime(2021, 4, 1, 12, 0, tzinfo=TOKYO)
    assert holidays.due(at, 3) == datetime(2021, 4, 6, 21, 0, tzinfo=TOKYO)


def test_upcoming_exceptions_come_in_their_order(holidays: Calendar) -> None:
    at = datetime(2021, 4, 3, 12, 0, tzinfo=TOKYO)
    assert holidays.upcoming(at, 14) == [(date(2021, 4, 3), None), (EASTER, SHORT)]
    assert holidays.upcoming(at, 1) == [(date(2021, 4, 3), None)]


def test_who_is_always_open_closes_at_midnight_and_opens_at_once() -> None:
    always = Calendar(OpeningHours.parse("00:00-24:00"))
    at = datetime(2021, 4, 1, 12, 0, tzinfo=TOKYO)
    assert always.next_closing(at) == datetime(2021, 4, 2, tzinfo=TOKYO)
    assert always.is_open(always.next_closing(at))


def test_a_rehearsed_clock_starts_where_it_is_told_and_goes_on() -> None:
    start = datetime(2021, 4, 1, 20, 59, tzinfo=TOKYO)
    passed = Clock(start).now() - start
    assert timedelta(0) <= passed < timedelta(minutes=1)
