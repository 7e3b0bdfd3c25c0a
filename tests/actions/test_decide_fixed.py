"""Foreign questions, effects and fixed replies."""

from __future__ import annotations

import pytest

from actions import decide, fixed
from actions.reply import Outcome, Payload
from tests.actions.city import SAY, about, heard, outcome_of

SURE = {"schedule": 0.9}


def test_says_so_and_keeps_no_facts() -> None:
    u = heard("粗大ごみの出し方", "out_of_scope", slots=about("carbon"))
    assert outcome_of(decide.out_of_scope(u, SAY)) == ("out_of_scope", None, None)


def test_holds_even_if_a_name_is_in_the_text() -> None:
    u = heard("町内会長の給料", "out_of_scope", 0.9, named="town=町内会", topics={"town": 0.9})
    assert decide.out_of_scope(u, SAY).replies[0].outcome == Outcome.OUT_OF_SCOPE


def test_does_not_turn_a_named_initiative_away_in_doubt() -> None:
    u = heard(
        "町内会いつ",
        "out_of_scope",
        0.3,
        named="town=町内会",
        topics={"town": 0.9},
        facets=SURE,
    )
    assert outcome_of(decide.out_of_scope(u, SAY)) == ("answer", "town", "schedule")


@pytest.mark.parametrize("topics", [{"town": 0.7}, {"town": 0.3}])
def test_asks_back_in_doubt(topics: dict[str, float]) -> None:
    u = heard("ご近所の会", "out_of_scope", 0.3, topics=topics)
    assert decide.out_of_scope(u, SAY).replies[0].outcome == Outcome.SUGGEST


def test_an_opinion_is_handed_on_in_the_citizens_words() -> None:
    (reply,) = fixed.opinion(heard("もっと公園を<b>増やして</b>！", "opinion"), SAY).replies
    assert reply.effect == {"kind": "opinion", "text": "もっと公園を<b>増やして</b>！"}
    assert (reply.outcome, reply.text) == (Outcome.OPINION, "")


def test_a_person_is_asked_for() -> None:
    turn = fixed.handoff(heard("人と話したい", "handoff", slots=about("giga")), SAY)
    assert turn.replies[0].effect == {"kind": "handoff"}
    assert (turn.initiative, turn.facet) == ("giga", "schedule")


def test_line_info_is_dated() -> None:
    (reply,) = fixed.line_info(heard("何時まで", "line_info"), SAY).replies
    for part in ("044-200-3939", "044-200-3900", "8:00〜21:00", "年中無休", "2020年10月1日"):
        assert part in reply.text


@pytest.mark.parametrize("text", ["火事です", "父が倒れた", "薬をたくさん飲んだ", ""])
def test_danger_gets_119_and_110_first(text: str) -> None:
    (reply,) = fixed.emergency(heard(text, "emergency"), SAY).replies
    assert reply.outcome == Outcome.EMERGENCY
    assert reply.text.index("119") < reply.text.index("110")
    assert reply.choices[0].payload == Payload("handoff")
    assert "よりそい" not in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "死にたい",
        "しにたい",
        "もう消えてしまいたい",
        "生きているのがつらい",
        "いまから飛び降りようと思います",
        "一緒に死のうと思っています",
        "娘が自殺をほのめかす",
    ],
)
def test_despair_gets_warm_words_and_helplines(text: str) -> None:
    (reply,) = fixed.emergency(heard(text, "emergency"), SAY).replies
    for part in ("0120-279-338", "0120-783-556", "119", "110"):
        assert part in reply.text


def test_the_menu_names_all_initiatives() -> None:
    turn = fixed.menu(heard("何が聞けるの", "menu"), SAY)
    assert [p.initiative for p in turn.offer] == ["carbon", "giga", "town", "care"]


def test_the_menu_of_one_initiative_names_its_facets() -> None:
    turn = fixed.menu(heard("GIGAの何が聞けるの", "menu", named="giga=GIGA"), SAY)
    assert turn.replies[0].outcome == Outcome.MENU
    assert [p.facet for p in turn.offer] == ["overview", "schedule"]


@pytest.mark.parametrize(
    "intent",
    ["greeting", "thanks", "goodbye", "bot_challenge", "chitchat", "something_new", ""],
)
def test_small_talk_keeps_the_topic(intent: str) -> None:
    turn = decide.smalltalk(heard("どうも", intent, slots=about("giga")), SAY)
    assert turn.replies[0].outcome == Outcome.SMALLTALK
    assert (turn.initiative, turn.facet) == ("giga", "schedule")


def test_thanks_with_a_question_answers_it() -> None:
    u = heard("ありがとう。町内会は？", "thanks", named="town=町内会", facets=SURE)
    assert outcome_of(decide.smalltalk(u, SAY)) == ("answer", "town", "schedule")


def test_is_asked_not_to_be_written_and_never_repeated() -> None:
    (reply,) = decide.personal_data(heard("090-0000-0000です", "personal_data"), SAY).replies
    assert reply.outcome == Outcome.CLARIFY
    assert "090" not in reply.text


def test_a_question_beside_it_is_answered() -> None:
    u = heard("田中です。町内会はいつ", "personal_data", named="town=町内会", facets=SURE)
    turn = decide.personal_data(u, SAY)
    assert [r.outcome for r in turn.replies] == ["clarify", "answer"]
