"""Which questions are worded alike."""

from __future__ import annotations

import pytest

from bot.statistics.grouping import grouped, normalised


def groups(*texts: str) -> list[list[str]]:
    return [[texts[place] for place in group.members] for group in grouped(texts)]


def test_polite_endings_width_and_marks_make_no_difference() -> None:
    alike = ["市民プールの料金を教えてください", "市民プールの料金は？", "市民プールの料金ですか"]
    assert groups(*alike) == [alike]
    assert normalised("ＳＤＧｓの、予算！") == "sdgsの予算"


def test_the_largest_group_comes_first_and_its_example_is_the_first_said() -> None:
    assert groups("ごみの日はいつ", "プールは何時から", "プールは何時からですか") == [
        ["プールは何時から", "プールは何時からですか"],
        ["ごみの日はいつ"],
    ]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("カーボンゼロの予算を教えてください", "保育園の申し込みを教えてください"),
        ("予算は", "時期は"),
        ("駐車場はありますか", "駅はどこですか"),
    ],
)
def test_what_shares_only_how_it_asks_stays_apart(one: str, other: str) -> None:
    assert len(groups(one, other)) == 2


def test_nothing_is_lost_and_nothing_comes_twice() -> None:
    texts = ["", "？", "あ", "同じ", "同じ", "教えてください", "x" * 300]
    places = [place for group in grouped(texts) for place in group.members]
    assert sorted(places) == list(range(len(texts)))
    assert grouped([]) == []
