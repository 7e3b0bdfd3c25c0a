"""Tables, charts and files of figures."""

from __future__ import annotations

from collections import Counter

import pytest

from bot.conversation.model import Outcome
from bot.desk.charts import LYING, WIDTH, chart
from bot.desk.csv_file import csv_file
from bot.desk.tables import Names, Seconds, Share, Table, Tables
from bot.desk.words import load_desk_words
from bot.knowledge.loader import load_knowledge

TABLES = Tables(load_desk_words(), Names(load_knowledge().names, {"budget": "予算"}))


def table(*values: tuple[int, ...], upright: bool = False) -> Table:
    rows = tuple((f"行{place}", *value) for place, value in enumerate(values))
    return Table("hours", "表", ("何", "一", "二"), rows, "秒", len(values[0]), upright)


def test_lying_bars_are_as_long_as_their_numbers() -> None:
    drawn = chart(table((10,), (5,), (0,)))
    assert drawn is not None
    first, second = drawn.bars  # nothing is not drawn
    assert first.width == pytest.approx(2 * second.width)
    assert first.x + first.width < LYING
    assert [mark.text for mark in drawn.numbers] == ["10", "5", "0"]


def test_standing_bars_are_stacked_below_the_highest_line() -> None:
    drawn = chart(table((20, 6), (1, 0), upright=True))
    assert drawn is not None
    below, above, _ = drawn.bars
    assert above.y + above.height == pytest.approx(below.y)
    assert above.y >= min(drawn.lines)
    assert [mark.text for mark in drawn.numbers] == ["0", "10", "20", "30"]
    assert all(bar.x + bar.width <= drawn.width for bar in drawn.bars)
    assert drawn.width > WIDTH


@pytest.mark.parametrize("most", [1, 2, 5, 6, 11, 26, 99, 101, 12345])
def test_lines_are_few_round_and_high_enough(most: int) -> None:
    drawn = chart(table((most,), upright=True))
    assert drawn is not None
    numbers = [int(mark.text) for mark in drawn.numbers]
    assert 2 <= len(numbers) <= 6
    assert numbers[-1] >= most
    assert str(numbers[1]).rstrip("0") in {"1", "2", "5"}


def test_nothing_to_draw_is_no_chart() -> None:
    assert chart(table((0,), (0,))) is None
    assert chart(Table("x", "表", ("何",), (), "秒", 1)) is None
    assert chart(Table("x", "表", ("何", "数"), (("行", 1),), "秒")) is None


def test_every_table_has_a_head_for_each_cell() -> None:
    day = Counter(
        {
            "conversations:web:09": 3,
            "conversations:phone:09": 1,
            "dealt:alone": 2,
            "wait:75": 1,
            "initiative:sdgs": 2,
            "initiative:gone": 1,
            "facet:budget": 1,
            "disposition:-": 1,
            "reason:asked": 1,
            "outcome:answer": 1,
        }
    )
    made = TABLES.of({"2021-04-01": day, "2021-04-02": Counter()}, [], [])
    assert {one.key for one in made} == set(load_desk_words().tables)
    for one in made:
        assert {len(row) for row in one.rows} <= {len(one.columns)}
    found = {one.key: one for one in made}
    assert found["initiatives"].rows[0][:2] == ("SDGs未来都市かわさき", 2)
    assert found["initiatives"].rows[1][:2] == ("gone", 1)
    assert found["dispositions"].rows == (("不明", 1, Share(1.0)),)
    assert found["times"].plain[1][1:] == [1, 75, 75]
    assert found["hours"].columns == ("時", "ウェブ", "LINE", "phone", "引き継ぎ")


def test_shares_and_times_as_people_read_them() -> None:
    assert [str(Share(one)) for one in (None, 0, 0.4321, 1)] == ["—", "0.0%", "43.2%", "100.0%"]
    times = [str(Seconds(one)) for one in (None, 0, 59, 60, 3599, 3660)]
    assert times == ["—", "0秒", "59秒", "1分0秒", "59分59秒", "1時間1分"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell: str) -> None:
    body = csv_file("x", [[cell, -1, str(Outcome.ANSWER)]]).body
    assert body is not None
    assert body.decode().removeprefix("\ufeff").strip('"').startswith("'")
    assert ",-1,answer" in body.decode()
