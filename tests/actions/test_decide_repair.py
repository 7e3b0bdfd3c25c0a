"""「そっちじゃなくて」."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from actions import decide
from tests.actions.city import SAY, about, heard, outcome_of

if TYPE_CHECKING:
    from actions.understanding import Understanding


@pytest.mark.parametrize(
    ("u", "expected"),
    [
        (
            heard(
                "そうじゃなくて町内会の話",
                named="town=町内会",
                facets={"overview": 0.8},
                slots=about("giga"),
            ),
            ("answer", "town", "schedule"),
        ),
        (
            heard("GIGAじゃなくて町内会", named="giga=GIGA town=町内会", slots=about("giga")),
            ("answer", "town", "schedule"),
        ),
        (
            heard(
                "町内会ですよ、GIGAではなく", named="town=町内会 giga=GIGA", slots=about("carbon")
            ),
            ("answer", "town", "schedule"),
        ),
        (
            heard("違う、町内界のほう", near="town=町内界", slots=about("giga")),
            ("answer", "town", "schedule"),
        ),
        (
            heard("それじゃなくて学校のパソコン", topics={"giga": 0.8}, slots=about("carbon")),
            ("answer", "giga", "schedule"),
        ),
        (
            heard(
                "ちがう、目的を聞いてる",
                topics={None: 0.9},
                facets={"purpose": 0.8},
                slots=about("carbon"),
            ),
            ("answer", "carbon", "purpose"),
        ),
        (
            heard("そっちじゃなくて", topics={None: 0.9}, slots=about("carbon")),
            ("clarify", None, None),
        ),
        (heard("そっちじゃなくて", slots={}), ("clarify", None, None)),
        (heard("GIGAじゃない", named="giga=GIGA", slots=about("giga")), ("clarify", None, None)),
        (
            heard(
                "町内会じゃなくて予算",
                named="town=町内会",
                facets={"budget": 0.8},
                slots=about("town"),
            ),
            ("not_stated", "town", "budget"),
        ),
    ],
)
def test_goes_to_what_was_meant(
    u: Understanding, expected: tuple[str, str | None, str | None]
) -> None:
    assert outcome_of(decide.repair(u, SAY)) == expected


def test_asking_which_leaves_out_what_was_wrong_and_keeps_the_question() -> None:
    turn = decide.repair(heard("そっちじゃなくて", "repair", slots=about("carbon")), SAY)
    assert [p.initiative for p in turn.offer] == ["giga", "town", "care"]
    assert {p.facet for p in turn.offer} == {"schedule"}


def test_the_facet_of_before_is_the_one_turned_down() -> None:
    facets: dict[str | None, float] = {"purpose": 0.95}
    u = heard("いつかじゃなくて目的", "repair", facets=facets, slots=about("carbon"))
    turn = decide.repair(replace(u, apart=("schedule", "purpose")), SAY)
    assert outcome_of(turn) == ("answer", "carbon", "purpose")
