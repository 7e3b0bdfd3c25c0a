"""Short texts that say what is asked and not of what: the conversation decides."""

from __future__ import annotations

from typing import Any

import pytest

from actions import decide
from tests.actions.city import SAY, about, heard, outcome_of

NOTHING = {None: 0.95}
WHEN = {"schedule": 0.95}
ACTIONS = {
    "affirm": decide.affirm,
    "ask": decide.ask,
    "greeting": decide.smalltalk,
    "handoff": decide.handoff,
    "line_info": decide.line_info,
    "menu": decide.menu,
    "opinion": decide.opinion,
    "ordinal_choice": decide.choose,
    "out_of_scope": decide.out_of_scope,
}


@pytest.mark.parametrize("intent", ACTIONS)
def test_it_is_asked_of_the_topic_whatever_the_words_sound_like(intent: str) -> None:
    u = heard(
        "時期もよろしく", intent, 0.5, topics=NOTHING, facets=WHEN, slots=about("giga", "overview")
    )
    assert outcome_of(ACTIONS[intent](u, SAY)) == ("answer", "giga", "schedule")


@pytest.mark.parametrize("intent", ["greeting", "out_of_scope", "ask"])
def test_before_any_topic_it_is_asked_of_what(intent: str) -> None:
    u = heard("時期の話なんだけど", intent, topics=NOTHING, facets=WHEN)
    turn = ACTIONS[intent](u, SAY)
    assert turn.replies[0].outcome == "clarify"
    assert {payload.facet for payload in turn.offer} == {"schedule"}


@pytest.mark.parametrize("intent", ["greeting", "out_of_scope"])
def test_a_word_that_names_a_matter_is_no_leaning(intent: str) -> None:
    u = heard(
        "給食はいつ", intent, topics=NOTHING, facets=WHEN, specific=("給食",), slots=about("giga")
    )
    assert outcome_of(ACTIONS[intent](u, SAY))[0] != "answer"


@pytest.mark.parametrize("intent", ["greeting", "affirm", "line_info"])
def test_where_nothing_is_asked_nothing_is_told(intent: str) -> None:
    u = heard("どうも", intent, topics=NOTHING, facets={None: 0.9}, slots=about("giga"))
    assert outcome_of(ACTIONS[intent](u, SAY))[0] != "answer"


@pytest.mark.parametrize(
    "text", ["あー、つながなくて平気", "職員の人はいらないです", "呼ばなくて大丈夫"]
)
def test_who_declines_a_person_gets_none(text: str) -> None:
    turn = decide.handoff(heard(text, "handoff", slots=about("giga")), SAY)
    assert outcome_of(turn)[0] == "smalltalk"


def test_a_yes_with_thanks_asks_for_nothing_more() -> None:
    offered = about(
        "giga", "overview", {"intent": "ask", "initiative": "giga", "facet": "schedule"}
    )
    turn = decide.affirm(heard("そうそれ、ありがとう", "affirm", slots=offered), SAY)
    assert outcome_of(turn)[0] == "smalltalk"


def test_an_impatient_question_is_no_opinion() -> None:
    u = heard("ごまかすな、GIGAはいつ", "opinion", named="giga=GIGA", facets=WHEN, asking=0.4)
    assert outcome_of(decide.opinion(u, SAY)) == ("answer", "giga", "schedule")


def test_a_description_beyond_doubt_is_answered_although_it_sounds_foreign() -> None:
    u = heard(
        "学校のパソコンはいつ", "out_of_scope", topics={"giga": 0.97}, facets=WHEN, foreign=0.9
    )
    assert outcome_of(decide.out_of_scope(u, SAY)) == ("answer", "giga", "schedule")


BRIEF = {"topics": NOTHING, "facets": {"schedule": 0.95}, "specific": ("締め切り",)}


def test_a_few_words_with_a_sure_facet_are_asked_of_the_topic() -> None:
    u = heard("締め切りは", "ask", 0.4, slots=about("giga", "overview"), **BRIEF)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")


@pytest.mark.parametrize(
    "understood",
    [
        {**BRIEF, "facets": {"schedule": 0.6}},
        {**BRIEF, "unknown": ("締め切り",)},
    ],
)
def test_but_only_if_nothing_speaks_against_it(understood: dict[str, Any]) -> None:
    u = heard("締め切りは", "out_of_scope", 0.9, slots=about("giga", "overview"), **understood)
    assert outcome_of(decide.out_of_scope(u, SAY)) == ("out_of_scope", None, None)


DOUBTS = ["間に合うの？", "本当に助かるのかな", "中止にならないの", "無理じゃないの"]


@pytest.mark.parametrize("text", DOUBTS)
@pytest.mark.parametrize(
    ("intent", "action"),
    [("opinion", decide.opinion), ("deny", decide.smalltalk), ("repair", decide.repair)],
)
def test_a_doubting_question_is_about_what_was_told(intent: str, action: Any, text: str) -> None:
    u = heard(text, intent, topics=NOTHING, facets={None: 0.9}, slots=about("giga"))
    assert outcome_of(action(u, SAY)) == ("answer", "giga", "overview")


@pytest.mark.parametrize(
    "text", ["もっと早くできないの", "やめるべきじゃないの", "増やしてくれないかな"]
)
def test_a_wish_in_the_form_of_a_question_is_an_opinion(text: str) -> None:
    u = heard(text, "opinion", topics=NOTHING, facets={None: 0.9}, slots=about("giga"))
    assert outcome_of(decide.opinion(u, SAY))[0] == "opinion"


def test_a_doubting_question_without_a_topic_is_an_opinion() -> None:
    u = heard("間に合うの？", "opinion", topics=NOTHING, facets={None: 0.9})
    assert outcome_of(decide.opinion(u, SAY))[0] == "opinion"


def test_who_declines_asks_nothing() -> None:
    u = heard("そこまでは要らないかな", "deny", topics=NOTHING, slots=about("giga"))
    assert outcome_of(decide.smalltalk(u, SAY))[0] == "smalltalk"
