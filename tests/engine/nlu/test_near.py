import pytest

from engine.nlu.near import Pattern, pairs


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("チイキホウカツケア", (0, 9, 0)),
        ("コノチイキホウカケアトハ", (2, 10, 1)),
        ("チイキホウカツウケアトハ", (0, 10, 1)),
        ("チイキホウカイケア", (0, 9, 1)),
    ],
)
def test_a_word_is_found_with_one_letter_missing_added_or_wrong(
    text: str, place: tuple[int, int, int]
) -> None:
    pattern = Pattern("チイキホウカツケア", 1)
    assert pattern.may_be_in(pairs(text))
    assert pattern.find(text) == place


@pytest.mark.parametrize("text", ["", "チイキ", "チイキホカツキア", "ゴミノダシカタ"])
def test_what_differs_more_is_not_found(text: str) -> None:
    assert Pattern("チイキホウカツケア", 1).find(text) is None


def test_the_quick_check_rules_out_unrelated_texts() -> None:
    assert not Pattern("チイキホウカツケア", 1).may_be_in(pairs("ゴミノダシカタ"))


def test_of_two_places_the_nearer_one_counts() -> None:
    assert Pattern("カーボンゼロ", 1).find("カーボゼロトカーボンゼロ") == (6, 12, 0)
