"""Sums of counts."""

from __future__ import annotations

from datetime import date

import pytest

from bot.errors import RequestError
from bot.statistics.figures import Spread, figures, spread, summed
from bot.statistics.period import read_period

TODAY = date(2021, 4, 1)


def test_median_and_95th_percentile_are_times_that_were_measured() -> None:
    counts = {"wait:10": 9, "wait:30": 10, "wait:600": 1, "first:1": 5}
    assert spread(counts, "wait") == Spread(20, 30, 30)
    assert spread(counts | {"wait:600": 2}, "wait") == Spread(21, 30, 600)
    assert spread(counts, "handling") == Spread(0, None, None)


def test_days_add_up() -> None:
    one = {"conversations:web:09": 2, "dealt:alone": 1, "dealt:handed": 1, "handoff:09": 1}
    other = {"conversations:line:23": 2, "dealt:alone": 2, "messages:line:23": 5}
    total = figures(summed([one, other]))
    assert (total.conversations, total.messages, total.handoffs) == (4, 5, 1)
    assert (total.share_alone, total.handoff_rate) == (0.75, 0.25)
    assert total.by_hour["web"]["09"] == 2
    assert total.by_hour["line"]["23"] == 2


def test_of_nothing_there_is_no_share() -> None:
    nothing = figures({})
    assert (nothing.share_alone, nothing.handoff_rate) == (None, None)
    assert nothing.waiting == Spread(0, None, None)


def test_a_period_includes_both_ends_and_is_today_by_itself() -> None:
    assert read_period({}, TODAY).days == ["2021-04-01"]
    assert read_period({"from": "2021-03-31"}, TODAY).days == ["2021-03-31"]
    given = {"from": "2021-02-27", "to": "2021-03-01"}
    assert read_period(given, TODAY).newest_first == ["2021-03-01", "2021-02-28", "2021-02-27"]


@pytest.mark.parametrize(
    "given",
    [
        {"from": "2021-04-02", "to": "2021-04-01"},
        {"from": "2019-01-01", "to": "2021-04-01"},
        {"from": "yesterday"},
        {"to": "2021-02-30"},
    ],
)
def test_a_period_that_is_none_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(RequestError, match="bad_period"):
        read_period(given, TODAY)
