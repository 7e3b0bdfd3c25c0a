from __future__ import annotations

import pytest

from actions.offers import picked
from tests.actions.city import SAY, about, choice, heard

INITIATIVES = (
    choice(name="giga"),
    choice(name="town"),
    choice(name="care"),
    choice("handoff"),
    choice("menu"),
)
FACETS = (
    choice("handoff"),
    choice(name="town", facet="overview"),
    choice(name="town", facet="schedule"),
)


def meant(text: str, *offer: dict[str, str], **understood: object) -> list[dict[str, str]]:
    u = heard(text, "ordinal_choice", slots=about("carbon", None, *offer), **understood)
    return [payload.as_dict() for payload in picked(u, SAY.labels)]


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("町内会のほう", 1),
        ("町内会で", 1),
        ("自治会の方をお願いします", 1),
        ("ケアのやつ", 2),
        ("GIGAスクールについて", 0),
        ("ＧＩＧＡ", 0),
        ("職員と話す", 3),
        ("3番目", 2),
        ("最後", 2),
    ],
)
def test_an_initiative(text: str, index: int) -> None:
    assert meant(text, *INITIATIVES) == [INITIATIVES[index]]


@pytest.mark.parametrize(
    ("text", "index"), [("時期のほう", 2), ("概要で", 1), ("職員", 0), ("1番", 0), ("最後の", 2)]
)
def test_a_facet(text: str, index: int) -> None:
    assert meant(text, *FACETS) == [FACETS[index]]


@pytest.mark.parametrize("text", ["取組", "うーん", "は", "", "の"])
def test_nothing_clear(text: str) -> None:
    assert meant(text, *INITIATIVES) == []


def test_a_name_among_other_words_wins_over_numbers() -> None:
    found = meant("2020年の町内会のほう", *INITIATIVES, named="town=町内会")
    assert found == [INITIATIVES[1]]


def test_one_initiatives_name_does_not_pick_one_of_its_facets() -> None:
    assert meant("町内会・自治会支援", *FACETS, named="town=町内会・自治会支援") == []


def test_nothing_offered() -> None:
    assert meant("2番目") == []
