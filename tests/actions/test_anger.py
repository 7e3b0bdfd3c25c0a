from __future__ import annotations

from typing import Any

import pytest

from actions import decide
from tests.actions.city import SAY, about, heard, outcome_of

NOTHING = {None: 0.95}


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        (decide.ask, "ask"),
        (decide.smalltalk, "chitchat"),
        (decide.smalltalk, "bot_challenge"),
        (decide.opinion, "opinion"),
    ],
)
def test_who_is_angry_gets_an_apology_and_a_person(action: Any, intent: str) -> None:
    u = heard("役立たずだな", intent, topics=NOTHING, foreign=0.6, slots=about("giga"))
    turn = action(u, SAY)
    assert outcome_of(turn) == ("smalltalk", None, None)
    assert turn.offer[0].intent == "handoff"
    assert (turn.initiative, turn.facet) == ("giga", "schedule")


def test_what_sounds_like_danger_is_mere_anger() -> None:
    assert (
        outcome_of(decide.emergency(heard("税金泥棒め", "emergency", 0.8), SAY))[0] == "smalltalk"
    )
    assert (
        outcome_of(decide.emergency(heard("泥棒がいる", "emergency", 0.8), SAY))[0] == "emergency"
    )


def test_danger_told_with_a_curse_is_danger() -> None:
    u = heard("くそ、崖が崩れた", "emergency", 0.95)
    assert outcome_of(decide.emergency(u, SAY))[0] == "emergency"


def test_a_likeness_to_angry_words_is_no_anger() -> None:
    u = heard("話し中ばかりです", "chitchat", topics=NOTHING)
    assert decide.smalltalk(u, SAY).offer[0].intent == "menu"


def test_anger_with_something_to_pass_on_is_an_opinion() -> None:
    u = heard("夜道が暗いままなのはふざけている、街灯をつけてほしい", "opinion", topics=NOTHING)
    assert outcome_of(decide.opinion(u, SAY))[0] == "opinion"


def test_who_is_angry_is_not_asked_back() -> None:
    u = heard("役に立たねえな", topics=NOTHING, unknown=("ねえ",), slots=about("giga"))
    assert outcome_of(decide.ask(u, SAY)) == ("smalltalk", None, None)


def test_an_angry_question_about_an_initiative_is_answered() -> None:
    u = heard("ふざけるな、GIGAはいつだ", named="giga=GIGA", facets={"schedule": 0.9})
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")


def test_what_hardly_sounds_like_an_opinion_makes_no_receipt() -> None:
    u = heard("うーんそっか", "opinion", 0.3, topics=NOTHING)
    turn = decide.opinion(u, SAY)
    assert outcome_of(turn)[0] == "clarify"
    assert turn.offer[0].intent == "handoff"


def test_a_mark_alone_is_no_opinion() -> None:
    assert outcome_of(decide.opinion(heard("。", "opinion", 0.99), SAY))[0] == "clarify"
