"""What counts as right in the development sets, and that they are well formed."""

from __future__ import annotations

import re
import unicodedata

import pytest

from bench.understanding.counting import confusion, figures, judge
from bench.understanding.sets import ROOT, Case, Reply, Turn, read_sets
from bot.conversation.model import Outcome
from bot.knowledge.loader import load_knowledge
from bot.knowledge.schema import Facet

DATA = ROOT / "data"
SHORT = 6
"""Characters; a follow-up as short as 「いつから」 is what it is in any set."""
QUESTIONED = {"answer", "not_stated", "out_of_scope", "clarify", "suggest"}
"""Outcomes of questions; a greeting is the same in any set."""
WHEN = Turn("いつから", ("answer",), ("giga_school",), facets=("schedule",))
RIGHT = Reply("answer", "giga_school", "schedule")


@pytest.mark.parametrize(
    ("said", "right"),
    [
        ([RIGHT], True),
        ([Reply("clarify"), RIGHT], True),
        ([Reply("answer", "sdgs", "schedule")], False),
        ([Reply("answer", "giga_school", "purpose")], False),
        ([Reply("answer", "giga_school", "purpose"), Reply("answer", "sdgs", "schedule")], False),
        ([Reply("suggest")], False),
    ],
)
def test_one_reply_has_to_be_right_in_all(said: list[Reply], *, right: bool) -> None:
    assert WHEN.is_right(said) is right


def test_where_two_are_asked_for_both_have_to_come() -> None:
    both = Turn("どっちが先", ("answer",), each=("giga_school", "sdgs"), facets=("schedule",))
    assert not both.is_right([RIGHT])
    assert both.is_right([RIGHT, Reply("answer", "sdgs", "schedule")])


def test_where_two_facets_are_asked_for_both_have_to_come() -> None:
    both = Turn("いつから誰と", ("answer",), ("giga_school",), each_facet=("schedule", "partners"))
    assert not both.is_right([RIGHT])
    assert both.is_right([RIGHT, Reply("answer", "giga_school", "partners")])
    assert not both.is_right([RIGHT, Reply("answer", "sdgs", "partners")])


def test_no_question_of_the_sets_is_in_the_training_data() -> None:
    lines = "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((DATA / "nlu").glob("*.yml"))
    )
    learnt = {_dense(line.removeprefix("    - ")) for line in lines.splitlines()}
    turns = [turn for case in read_sets() for turn in case.turns if set(turn.outcomes) & QUESTIONED]
    asked = {_dense(turn.text) for turn in turns}
    assert len(learnt) > 6_000
    assert not {text for text in asked & learnt if len(text) > SHORT}


def _dense(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text).lower())


def test_any_initiative_will_do_where_none_is_named() -> None:
    assert Turn("1番", ("answer",), facets=("schedule",)).is_right([RIGHT])


def test_facts_are_wrong_where_none_were_asked_for() -> None:
    foreign = Turn("待機児童は", ("out_of_scope",))
    assert foreign.is_right([Reply("out_of_scope")])
    assert not foreign.is_right([Reply("out_of_scope"), RIGHT])
    assert foreign.tells_wrong_facts([RIGHT])
    assert not WHEN.tells_wrong_facts([RIGHT])


def test_turns_are_counted_by_kind_and_by_what_was_asked() -> None:
    case = Case("dialogue", "ellipsis", (WHEN, WHEN))
    turns = judge([case], [[[RIGHT], [Reply("suggest")]]])
    found = figures(turns)
    assert found["accuracy"] == {"dialogue": [1, 2]}
    assert found["by"]["dialogue"]["facet"] == {"schedule": [1, 2]}
    counted = confusion(turns, "facet")
    assert counted == {
        "rows": ["schedule"],
        "columns": ["schedule", "asked back"],
        "counts": [[1, 1]],
    }


def test_the_sets_name_only_what_there_is() -> None:
    known, facets, outcomes = set(load_knowledge().ids), set(Facet), set(Outcome)
    for case in read_sets():
        for turn in case.turns:
            assert turn.text, case
            assert turn.outcomes, turn
            assert set(turn.outcomes) <= outcomes, turn
            assert {*turn.initiatives, *turn.each} <= known, turn
            assert {*turn.facets, *turn.each_facet} <= facets, turn
