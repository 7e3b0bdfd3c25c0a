"""「はい」, 「いいえ」, 「2番目」: what was offered last, and nothing else."""

from __future__ import annotations

import pytest

from actions import decide
from actions.reply import Outcome
from actions.short_names import recognised
from tests.actions.city import KNOWLEDGE, SAY, about, choice, heard, outcome_of

WHEN = {"schedule": 0.95}

SUGGESTED = about(
    "carbon", None, choice(name="giga", facet="schedule"), choice(name="town"), choice("handoff")
)
AFTER_ANSWER = about(
    "carbon",
    "schedule",
    choice(name="carbon", facet="overview"),
    choice(name="carbon", facet="purpose"),
)
AFTER_NOT_STATED = about("giga", "budget", choice("handoff"), choice(name="giga", facet="overview"))


def test_takes_the_one_thing_that_was_suggested() -> None:
    offered = about("carbon", None, choice(name="giga", facet="schedule"), choice("handoff"))
    turn = decide.affirm(heard("はい", "affirm", slots=offered), SAY)
    assert outcome_of(turn) == ("answer", "giga", "schedule")


def test_after_what_is_not_stated_calls_a_person() -> None:
    turn = decide.affirm(heard("お願いします", "affirm", slots=AFTER_NOT_STATED), SAY)
    assert turn.replies[0].effect == {"kind": "handoff"}


@pytest.mark.parametrize("slots", [SUGGESTED, AFTER_ANSWER])
def test_to_several_things_is_asked_which(slots: dict[str, object]) -> None:
    turn = decide.affirm(heard("はい", "affirm", slots=slots), SAY)
    assert turn.replies[0].outcome == Outcome.CLARIFY
    assert [p.as_dict() for p in turn.offer] == slots["offer"]


def test_shows_facets_by_their_names_when_asking_which() -> None:
    turn = decide.affirm(heard("はい", "affirm", slots=AFTER_ANSWER), SAY)
    assert [c.label for c in turn.replies[0].choices] == ["概要", "目的"]


def test_to_nothing_asks_for_a_question() -> None:
    turn = decide.affirm(heard("はい", "affirm", slots=about("giga")), SAY)
    assert turn.replies[0].outcome == Outcome.SMALLTALK


def test_with_a_name_is_a_choice() -> None:
    u = heard("はい、町内会です", "affirm", named="town=町内会", slots=SUGGESTED)
    assert outcome_of(decide.affirm(u, SAY)) == ("answer", "town", "overview")


def test_to_an_emoji_counts_too() -> None:
    offered = about("carbon", None, choice(name="giga", facet="schedule"))
    turn = decide.affirm(heard("👌", "affirm", slots=offered), SAY)
    assert outcome_of(turn) == ("answer", "giga", "schedule")


def test_to_a_suggestion_asks_in_another_way_and_keeps_the_question() -> None:
    turn = decide.deny(heard("いいえ", "deny", slots=SUGGESTED), SAY)
    assert turn.replies[0].outcome == Outcome.CLARIFY
    assert {p.facet for p in turn.offer} == {"schedule"}


@pytest.mark.parametrize("slots", [AFTER_NOT_STATED, AFTER_ANSWER, about("giga"), {}])
def test_to_anything_else_is_accepted(slots: dict[str, object]) -> None:
    turn = decide.deny(heard("いいえ", "deny", slots=slots), SAY)
    assert turn.replies[0].outcome == Outcome.SMALLTALK


def test_with_a_name_is_a_repair() -> None:
    u = heard("いいえ、町内会です", "deny", named="town=町内会", slots=SUGGESTED)
    assert outcome_of(decide.deny(u, SAY))[:2] == ("answer", "town")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1番", ("answer", "giga", "schedule")),
        ("２番目で", ("answer", "town", "overview")),
        ("最後の", ("answer", "town", "overview")),
        ("町内会のほう", ("answer", "town", "overview")),
        ("スクールのやつでお願いします", ("answer", "giga", "schedule")),
        ("9番", ("clarify", None, None)),
        ("うーん", ("clarify", None, None)),
    ],
)
def test_picks_from_the_last_offer(text: str, expected: tuple[str, ...]) -> None:
    u = heard(text, "ordinal_choice", slots=SUGGESTED)
    assert outcome_of(decide.choose(u, SAY)) == expected


def test_the_first_of_an_offer_that_begins_with_a_person() -> None:
    u = heard("1番", "ordinal_choice", slots=AFTER_NOT_STATED)
    assert decide.choose(u, SAY).replies[0].outcome == Outcome.HANDOFF


def test_a_choice_with_a_question_gets_that_answered() -> None:
    slots = about("carbon", None, choice(name="carbon", facet="overview"), choice("handoff"))
    u = heard("1番目のやつ、いつから", "ordinal_choice", facets=WHEN, slots=slots)
    assert outcome_of(decide.choose(u, SAY)) == ("answer", "carbon", "schedule")


def test_of_two_that_were_offered_the_other_can_be_asked_for_next() -> None:
    turn = decide.choose(heard("1番", "ordinal_choice", slots=SUGGESTED), SAY)
    assert turn.together == ("giga", "town")
    for intent, action in (("ask", decide.ask), ("goodbye", decide.smalltalk)):
        u = heard("じゃあもう片方は", intent, topics={None: 1.0}, slots=turn.slots())
        assert outcome_of(action(recognised(u, KNOWLEDGE), SAY))[:2] == ("answer", "town")


def test_what_is_described_after_the_menu_is_chosen_from_it() -> None:
    menu = about("", None, *(choice(name=one) for one in KNOWLEDGE.ids))
    u = heard("パソコンのやつ", topics={"giga": 0.95}, slots=menu)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "overview")


def test_several_at_once() -> None:
    turn = decide.choose(heard("どっちも", "ordinal_choice", slots=SUGGESTED), SAY)
    assert [r.initiative for r in turn.replies] == ["giga", "town"]
    assert not turn.replies[0].choices


def test_picks_a_facet_by_its_name() -> None:
    u = heard("目的のほう", "ordinal_choice", slots=AFTER_ANSWER)
    assert outcome_of(decide.choose(u, SAY)) == ("answer", "carbon", "purpose")


def test_picks_a_facet_by_what_it_asks() -> None:
    u = heard("なぜ、のやつ", "ordinal_choice", facets={"purpose": 0.8}, slots=AFTER_ANSWER)
    assert outcome_of(decide.choose(u, SAY)) == ("answer", "carbon", "purpose")


def test_picks_by_a_description() -> None:
    u = heard(
        "タブレット配るやつ",
        "ordinal_choice",
        topics={"giga": 0.4, "care": 0.5},
        slots=SUGGESTED,
    )
    assert outcome_of(decide.choose(u, SAY)) == ("answer", "giga", "schedule")


def test_another_name_than_those_offered_is_answered() -> None:
    u = heard("地域包括ケアのほう", "ordinal_choice", named="care=地域包括ケア", slots=SUGGESTED)
    assert outcome_of(decide.choose(u, SAY)) == ("answer", "care", "overview")


def test_without_an_offer_says_so() -> None:
    turn = decide.choose(heard("2番目", "ordinal_choice"), SAY)
    assert turn.replies[0].outcome == Outcome.CLARIFY


def test_the_line_and_the_menu_can_be_chosen() -> None:
    offered = about("carbon", None, choice("handoff"), choice("line_info"), choice("menu"))
    for text, outcome in (("2番", "line_info"), ("3番", "menu")):
        turn = decide.choose(heard(text, "ordinal_choice", slots=offered), SAY)
        assert turn.replies[0].outcome == outcome
