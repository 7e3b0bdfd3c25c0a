from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.conversation.hours import TOKYO, Clock, OpeningHours

HOURS = OpeningHours.parse("08:00-21:00")


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


def test_a_rehearsed_clock_starts_where_it_is_told_and_goes_on() -> None:
    start = datetime(2021, 4, 1, 20, 59, tzinfo=TOKYO)
    passed = Clock(start).now() - start
    assert timedelta(0) <= passed < timedelta(minutes=1)
