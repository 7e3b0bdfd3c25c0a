"""Receipt numbers: drawn, typed in all ways, proved by their last digit."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.receipts import asked_for, draw, is_plausible, normal


def test_what_is_drawn_is_plausible_and_differs() -> None:
    drawn = {draw() for _ in range(200)}
    assert len(drawn) > 190
    assert all(is_plausible(receipt) and normal(receipt) == receipt for receipt in drawn)


@given(st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(place: int, by: int) -> None:
    digits = draw().replace("-", "")
    wrong = str((int(digits[place]) + by) % 10)
    assert not is_plausible(digits[:place] + wrong + digits[place + 1 :])


@given(st.integers(0, 6))
def test_two_swapped_neighbours_are_noticed(place: int) -> None:
    digits = draw().replace("-", "")
    swapped = digits[:place] + digits[place + 1] + digits[place] + digits[place + 2 :]
    assert is_plausible(swapped) is (swapped == digits)


@pytest.mark.parametrize(
    "typed",
    [
        "0417-2280",
        "04172280",
        " 0417 2280 ",
        "０４１７ー２２８０",
        "０４１７　２２８０",
        "0417–2280",
        "0417.2280",
    ],
)
def test_however_it_is_typed_it_is_the_same_number(typed: str) -> None:
    assert normal(typed) == "0417-2280"


@pytest.mark.parametrize("typed", ["", "0417-228", "0417-22800", "abc", "0417/2280"])
def test_what_is_no_number_is_found_nowhere(typed: str) -> None:
    assert not is_plausible(normal(typed))


@pytest.mark.parametrize(
    "text",
    [
        "0417-2280",
        "受付番号は０４１７ー２２８０です",
        "受付番号 0417 2280 の件はどうなりましたか？",
        "04172280の状況を教えてください",
    ],
)
def test_a_text_that_is_a_number_asks_for_it(text: str) -> None:
    assert asked_for(text) == "0417-2280"


@pytest.mark.parametrize(
    "text",
    [
        "0417-2280について追加で伝えたいことがあり、駅前の街灯の件です",
        "044-200-3939",
        "予算は12345678円ですか",
    ],
)
def test_other_texts_ask_for_no_number(text: str) -> None:
    assert asked_for(text) is None
