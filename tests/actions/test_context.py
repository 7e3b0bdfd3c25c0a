from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actions.context import asks_the_same, is_elliptical, names_only, returned_to
from tests.actions.city import about, heard

if TYPE_CHECKING:
    from actions.understanding import Understanding


@pytest.mark.parametrize(
    ("text", "only", "same"),
    [
        ("町内会", True, False),
        ("町内会！", True, False),
        ("町内会は？", True, True),
        ("じゃあ、町内会のほうは", True, True),
        ("町内会についてはどうですか", True, True),
        ("あと町内会も", True, True),
        ("町内会の予算は", False, False),
        ("町内会って誰とやるの", False, False),
    ],
)
def test_tells_a_mere_name_from_a_question(text: str, *, only: bool, same: bool) -> None:
    u = heard(text, named="town=町内会", slots=about("giga"))
    assert (names_only(u), asks_the_same(u)) == (only, same)


def test_a_name_is_found_in_any_width_and_case() -> None:
    u = heard("じゃあＧＩＧＡは？", named="giga=giga", slots=about("town"))
    assert asks_the_same(u)


@pytest.mark.parametrize(
    ("text", "current", "facet", "expected"),
    [
        ("さっきの話に戻るけど", "town", "schedule", "giga"),
        ("最初の話に戻してください", "town", "schedule", "carbon"),
        ("前の質問に戻って", "town", None, "town"),
        ("それはいつから", "town", "schedule", None),
        ("前の年と比べて", "town", "schedule", None),
    ],
)
def test_goes_back_to_an_earlier_topic(
    text: str, current: str, facet: str | None, expected: str | None
) -> None:
    u = replace(heard(text, slots=about(current, facet)), earlier=("carbon", "giga", "town"))
    assert returned_to(u) == expected


def test_with_one_topic_alone_it_goes_back_to_that() -> None:
    u = replace(heard("さっきの話だけど", slots=about("giga")), earlier=("giga",))
    assert returned_to(u) == "giga"


@pytest.mark.parametrize(
    ("u", "expected"),
    [
        (heard("いつから", topics={None: 0.9}), True),
        (heard("いつから"), True),
        (heard("いつから", topics={"giga": 0.2, None: 0.1}), False),
        (heard("GIGAいつから", named="giga=GIGA", topics={None: 0.9}), False),
        (heard("いつから", "ask", 0.39, topics={None: 0.9}), False),
        (heard("待機児童はいつから", "out_of_scope", 0.9, topics={None: 0.9}), False),
    ],
)
def test_only_a_sure_question_without_topic_is_elliptical(
    u: Understanding, *, expected: bool
) -> None:
    assert is_elliptical(u) is expected
