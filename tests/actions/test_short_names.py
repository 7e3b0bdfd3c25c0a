from __future__ import annotations

import pytest

from actions import decide
from actions.short_names import recognised, sharing
from tests.actions.city import KNOWLEDGE, SAY, about, choice, heard, outcome_of

NOTHING = {None: 0.9}
WHEN = {"schedule": 0.95}


def named(text: str, talk: str = "giga", **understood: object) -> tuple[str, ...]:
    """Whom a text names in a talk about something else."""
    u = heard(text, slots=about(talk), **{"topics": NOTHING, **understood})
    return recognised(u, KNOWLEDGE).named


@pytest.mark.parametrize(
    ("text", "initiative"),
    [
        ("カーボンのほうは？", "carbon"),
        ("カーボンのやつはいつ", "carbon"),
        ("カーボンなんとかってほう", "carbon"),
        ("さっきのカーボン、誰とやるの", "carbon"),
        ("じゃあカーボンは？", "carbon"),
        ("カーボンに戻って、いつ", "carbon"),
        ("なるほど。カーボンだと？", "carbon"),
        ("支援するほうです", "town"),
        ("包括です", "care"),
        ("教育のほうは？", "giga"),  # in what is told of the present one
        ("もう片っぽの、カーボンのやつは", "carbon"),
    ],
)
def test_a_piece_of_a_name_names_it_in_a_talk(text: str, initiative: str) -> None:
    assert named(text) == (initiative,)


@pytest.mark.parametrize(
    "text", ["時期のほうは？", "保育園のほうは？", "市のほうで", "カーボンの予算は", "目標は"]
)
def test_other_words_name_nothing(text: str) -> None:
    assert named(text) == ()


def test_a_piece_that_is_told_of_another_of_the_talk_means_that_one() -> None:
    slots = {**about("town"), "together": ["giga", "town"]}
    u = heard("教育のほうだけ、いつ", topics=NOTHING, slots=slots)
    assert recognised(u, KNOWLEDGE).named == ("giga",)


def test_the_next_question_may_open_with_a_piece() -> None:
    assert named("ふうん。じゃあカーボンは何年から", facets=WHEN) == ("carbon",)
    assert named("カーボンは何年から", facets=WHEN) == ()


def test_outside_a_talk_a_piece_names_nothing() -> None:
    assert recognised(heard("カーボンのほうは？", topics=NOTHING), KNOWLEDGE).named == ()


def test_a_matter_of_its_own_is_not_named_by_the_piece_in_it() -> None:
    assert named("カーボンのほうの売り場は", foreign=0.9, specific=("売り場",)) == ()
    assert named("カーボンのほうの売り場は", unknown=("売り場",)) == ()


def test_strange_words_before_it_do_not_count() -> None:
    assert named("残念。カーボンのほうは？", unknown=("残念",)) == ("carbon",)


def test_what_was_asked_in_a_sentence_before_it_is_no_matter_of_its_own() -> None:
    ended = {"foreign": 0.9, "specific": ("ごみ",)}
    assert named("ごみはもう結構。さっきのカーボンなんとかは", **ended) == ("carbon",)


def test_what_is_meant_follows_what_is_turned_down() -> None:
    u = heard(
        "GIGAじゃなくてカーボンのほう",
        "repair",
        named="giga=GIGA",
        topics=NOTHING,
        slots=about("giga"),
    )
    turn = decide.repair(recognised(u, KNOWLEDGE), SAY)
    assert outcome_of(turn) == ("answer", "carbon", "schedule")


def test_a_fragment_answers_with_the_facet_of_before() -> None:
    u = heard("カーボンのほうです", "ordinal_choice", topics=NOTHING, slots=about("giga"))
    turn = decide.choose(recognised(u, KNOWLEDGE), SAY)
    assert outcome_of(turn) == ("answer", "carbon", "schedule")


def test_a_name_with_a_question_is_no_mere_choice() -> None:
    offered = choice("ask", "carbon")
    u = heard(
        "カーボンのほうはいつから",
        "ordinal_choice",
        topics=NOTHING,
        facets=WHEN,
        slots=about("giga", None, offered),
    )
    turn = decide.choose(recognised(u, KNOWLEDGE), SAY)
    assert outcome_of(turn) == ("answer", "carbon", "schedule")


def test_what_is_set_against_the_present_one_is_found_by_its_description() -> None:
    topics = {None: 0.8, "carbon": 0.15}
    assert named("環境をやるほうは？", topics=topics) == ("carbon",)
    assert named("環境はいつ", topics=topics) == ()


def test_the_other_one_of_a_pair() -> None:
    slots = {**about("giga"), "together": ["town", "giga"]}
    u = heard("もう片方は？", topics=NOTHING, slots=slots)
    assert recognised(u, KNOWLEDGE).named == ("town",)


def test_a_piece_that_several_share_is_asked_back() -> None:
    u = heard("自治会や地域のほうは？", topics=NOTHING)
    assert sharing(u, KNOWLEDGE) == ()
    shared = heard("ケアのほう", topics=NOTHING)
    assert sharing(shared, KNOWLEDGE) == ()  # one alone has it
