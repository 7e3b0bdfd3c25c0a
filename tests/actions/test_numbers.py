"""A name with another number is another thing."""

from __future__ import annotations

import pytest

from actions.elsewhere import is_elsewhere
from actions.numbers import is_another
from tests.actions.city import CARBON, heard, initiative

PLAN = initiative("plan", "第3期計画", {"overview": ("市の計画です。", 1)})


@pytest.mark.parametrize(
    ("text", "name", "another"),
    [
        ("カーボンゼロ2030について", "カーボンゼロ2030", True),
        ("カーボンゼロチャレンジ 2030って何", "カーボンゼロチャレンジ", True),
        ("2030カーボンゼロって何", "カーボンゼロ", True),
        ("カーボンゼロかわさき2030の標語", "カーボンゼロ", True),
        ("カーボンゼロ2050について", "カーボンゼロ2050", False),
        ("カーボンゼロは2030年までですか", "カーボンゼロ", False),
        ("カーボンゼロ2030年までに終わる？", "カーボンゼロ", False),
        ("2021年のカーボンゼロ", "カーボンゼロ", False),
    ],
)
def test_a_year_in_the_name_must_be_the_initiatives_own(
    text: str, name: str, *, another: bool
) -> None:
    assert is_another(heard(text, named=f"carbon={name}".replace(" ", "")), CARBON) is another


@pytest.mark.parametrize(
    ("text", "elsewhere"),
    [
        ("東京23区のGIGAはどう", True),
        ("じゃあ、横浜市のGIGAは", True),
        ("ところで相模原市のGIGAって", True),
        ("川崎のGIGAは横浜市のGIGAと同じ？", False),
        ("GIGAは東京都と同じ？", False),
    ],
)
def test_a_name_that_another_place_owns_is_elsewhere(text: str, *, elsewhere: bool) -> None:
    assert is_elsewhere(text, ["GIGA"]) is elsewhere


@pytest.mark.parametrize(
    ("text", "another"),
    [
        ("第2期計画の目的は", True),
        ("第2期計画の目的は。第3期じゃなくて", True),
        ("第3期計画の目的は。第2期のほうではなくて", False),
        ("第2期と第3期の違いは", False),
    ],
)
def test_a_term_that_is_turned_down_does_not_count(text: str, *, another: bool) -> None:
    assert is_another(heard(text, named="plan=計画"), PLAN) is another
