"""Questions: who gets an answer, who is asked back, and who is told that nothing is known."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from actions import decide
from actions.reply import Outcome, Payload
from actions.understanding import read
from tests.actions.city import KNOWLEDGE, SAY, about, choice, heard, message, outcome_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from actions.compose import Composer
    from actions.reply import Turn
    from actions.understanding import Understanding

    Action = Callable[[Understanding, Composer], Turn]

SURE = {"schedule": 0.9, "overview": 0.05}
NOTHING = {None: 0.9, "carbon": 0.05}


@pytest.mark.parametrize(
    ("u", "initiative", "facet"),
    [
        (
            heard("カーボンゼロ2050はいつから", named="carbon=カーボンゼロ2050", facets=SURE),
            "carbon",
            "schedule",
        ),
        (
            heard("学校のパソコンいつから", topics={"giga": 0.8, None: 0.1}, facets=SURE),
            "giga",
            "schedule",
        ),
        (
            heard(
                "カーボンぜろ20いつ",
                near="carbon=カーボンぜろ20",
                topics={"carbon": 0.5},
                facets=SURE,
            ),
            "carbon",
            "schedule",
        ),
        (
            heard("町内会のこと", named="town=町内会", facets={"budget": 0.2, "overview": 0.19}),
            "town",
            "overview",
        ),
        (heard("町内会", named="town=町内会"), "town", "overview"),
        (heard("選んだ", topics={"giga": 1.0}, facets={"schedule": 1.0}), "giga", "schedule"),
        (heard("選んだ", named="giga=選んだ", topics={"giga": 1.0}), "giga", "overview"),
        (
            heard("GIGAはいつ", named="giga=GIGA", topics={"care": 0.9}, facets=SURE),
            "giga",
            "schedule",
        ),
    ],
)
def test_answers_what_is_stated(u: Understanding, initiative: str, facet: str) -> None:
    turn = decide.ask(u, SAY)
    (reply,) = turn.replies
    assert (reply.outcome, reply.initiative, reply.facet) == (Outcome.ANSWER, initiative, facet)
    assert (turn.initiative, turn.facet) == (initiative, facet)


def test_an_answer_has_the_fact_its_date_and_its_source() -> None:
    (reply,) = decide.ask(heard("GIGAいつ", named="giga=GIGA", facets=SURE), SAY).replies
    assert "4月に始まります。" in reply.text
    assert "令和3年度の市政方針の時点" in reply.text
    assert [source.paragraph for source in reply.sources] == [5]


def test_an_answer_offers_what_else_is_stated_and_what_is_related() -> None:
    turn = decide.ask(heard("カーボンはいつ", named="carbon=カーボン", facets=SURE), SAY)
    assert [c.label for c in turn.replies[0].choices] == ["概要", "目的", "GIGAスクール"]
    assert turn.offer[0] == Payload("ask", "carbon", "overview")


def test_what_is_not_stated_is_said_to_be_unknown_and_a_person_is_offered() -> None:
    u = heard("GIGAの予算は", named="giga=GIGA", facets={"budget": 0.9})
    turn = decide.ask(u, SAY)
    (reply,) = turn.replies
    assert (reply.outcome, reply.initiative, reply.facet) == ("not_stated", "giga", "budget")
    assert "概要、時期" in reply.text
    assert reply.choices[0].payload == Payload("handoff")
    assert not reply.sources


def test_two_initiatives_get_both_answers_one_after_the_other() -> None:
    u = heard("GIGAと町内会どっちが先", named="giga=GIGA town=町内会", facets=SURE)
    turn = decide.ask(u, SAY)
    assert [(r.initiative, r.facet) for r in turn.replies] == [
        ("giga", "schedule"),
        ("town", "schedule"),
    ]
    assert not turn.replies[0].choices
    assert turn.replies[1].choices


def test_two_facets_that_were_honestly_asked_get_both_answers() -> None:
    u = heard(
        "カーボンはなぜ、いつから",
        named="carbon=カーボン",
        facets={"schedule": 0.5, "purpose": 0.45},
    )
    assert [r.facet for r in decide.ask(u, SAY).replies] == ["schedule", "purpose"]


@pytest.mark.parametrize(
    ("u", "candidates"),
    [
        (
            heard("学校の", topics={"giga": 0.4, "town": 0.3, None: 0.2, "care": 0.05}),
            ["giga", "town"],
        ),
        (heard("ぎが", near="giga=ぎが", topics={None: 0.9}), ["giga"]),
        (heard("ぎが", near="giga=ぎが", topics={"town": 0.9}), ["giga", "town"]),
        (heard("ぎが", near="giga=ぎが"), ["giga"]),
    ],
)
def test_asks_back_when_unsure(u: Understanding, candidates: list[str]) -> None:
    turn = decide.ask(u, SAY)
    (reply,) = turn.replies
    assert reply.outcome == Outcome.SUGGEST
    assert "もしかして" in reply.text
    asked = [c.payload.initiative for c in reply.choices if c.payload.intent == "ask"]
    assert asked == candidates


def test_a_suggestion_keeps_what_was_asked() -> None:
    turn = decide.ask(heard("学校のいつ", topics={"giga": 0.4}, facets=SURE), SAY)
    assert turn.offer[0] == Payload("ask", "giga", "schedule")


def test_the_candidate_that_was_just_suggested_is_taken() -> None:
    offered = about("carbon", None, choice(name="giga", facet="schedule"), choice(name="town"))
    u = heard("学校の", topics={"giga": 0.4, "care": 0.3}, slots=offered)
    turn = decide.ask(u, SAY)
    assert (turn.replies[0].outcome, turn.initiative, turn.facet) == ("answer", "giga", "schedule")


def test_an_elliptical_question_is_about_the_last_topic() -> None:
    u = heard("それはいつから", topics=NOTHING, facets=SURE, slots=about("giga", "overview"))
    turn = decide.ask(u, SAY)
    assert (turn.replies[0].outcome, turn.initiative, turn.facet) == ("answer", "giga", "schedule")


@pytest.mark.parametrize(
    "u",
    [
        heard(
            "待機児童はいつ解消されますか",
            "out_of_scope",
            0.8,
            topics=NOTHING,
            slots=about("carbon"),
        ),
        heard("待機児童はいつ", "ask", 0.3, topics=NOTHING, slots=about("carbon")),
        heard("水道", "ask", 0.3, topics={"giga": 0.2, None: 0.1}, slots=about("carbon")),
    ],
)
def test_an_untreated_topic_never_gets_the_last_topics_facts(u: Understanding) -> None:
    turn = decide.ask(u, SAY)
    (reply,) = turn.replies
    assert reply.outcome == Outcome.OUT_OF_SCOPE
    assert (reply.initiative, reply.facet, reply.sources) == (None, None, ())
    assert [c.payload.intent for c in reply.choices] == ["handoff", "line_info", "menu"]
    assert "044-200-3939" in reply.text


@pytest.mark.parametrize(
    ("foreign", "unknown", "outcome"),
    [
        (0.0, (), Outcome.ANSWER),
        (0.3, (), Outcome.ANSWER),
        (0.6, (), Outcome.OUT_OF_SCOPE),
        (0.3, ("待機児童",), Outcome.OUT_OF_SCOPE),
        (0.05, ("登記",), Outcome.SUGGEST),
    ],
)
def test_the_last_topic_is_carried_over_unless_the_words_are_foreign(
    foreign: float, unknown: tuple[str, ...], outcome: Outcome
) -> None:
    u = heard(
        "誰がやるの",
        topics=NOTHING,
        facets=SURE,
        specific=("園",),
        foreign=foreign,
        unknown=unknown,
        slots=about("giga"),
    )
    assert decide.ask(u, SAY).replies[0].outcome == outcome


def test_a_suggested_last_topic_keeps_the_facet_that_was_asked() -> None:
    u = heard("誰が", topics=NOTHING, facets=SURE, unknown=("登記",), slots=about("giga"))
    turn = decide.ask(u, SAY)
    assert turn.replies[0].outcome == Outcome.SUGGEST
    assert turn.offer[0] == Payload("ask", "giga", "schedule")


@pytest.mark.parametrize("action", [decide.ask, decide.out_of_scope])
@pytest.mark.parametrize("text", ["それはいつから", "で、それっていつ", "その話はいつから"])
def test_a_question_that_opens_with_it_is_about_the_last_topic(action: Action, text: str) -> None:
    intent = "ask" if action is decide.ask else "out_of_scope"
    u = heard(text, intent, topics=NOTHING, facets=SURE, foreign=0.6, slots=about("giga"))
    turn = action(u, SAY)
    assert (turn.replies[0].outcome, turn.initiative, turn.facet) == ("answer", "giga", "schedule")


@pytest.mark.parametrize(
    "text", ["それ以外の市の予算", "そのへんの店", "待機児童、それはいつ", "それは、あ" + "い" * 20]
)
def test_other_foreign_questions_stay_foreign(text: str) -> None:
    u = heard(
        text, "out_of_scope", topics=NOTHING, facets=SURE, specific=("園",), slots=about("giga")
    )
    assert decide.out_of_scope(u, SAY).replies[0].outcome == Outcome.OUT_OF_SCOPE


def test_it_after_a_foreign_question_is_not_the_topic_before_that() -> None:
    u = heard("それはいつから", "out_of_scope", topics=NOTHING, slots=about("giga", None))
    assert decide.out_of_scope(u, SAY).replies[0].outcome == Outcome.OUT_OF_SCOPE


def test_after_a_foreign_question_it_means_that_one() -> None:
    foreign = decide.out_of_scope(heard("待機児童は", "out_of_scope", slots=about("carbon")), SAY)
    u = heard("それはいつ", topics=NOTHING, facets=SURE, slots=foreign.slots())
    turn = decide.ask(u, SAY)
    assert turn.replies[0].outcome == Outcome.OUT_OF_SCOPE
    assert turn.slots() == foreign.slots()


def test_and_one_can_go_back_to_the_topic_before_it() -> None:
    u = heard("さっきの話、いつから", topics=NOTHING, facets=SURE, slots=about("carbon", None))
    assert decide.ask(u, SAY).initiative == "carbon"


def test_without_any_topic_it_is_asked_which_is_meant() -> None:
    turn = decide.ask(heard("いつから", topics=NOTHING, facets=SURE), SAY)
    (reply,) = turn.replies
    assert reply.outcome == Outcome.CLARIFY
    assert [p.initiative for p in turn.offer] == ["carbon", "giga", "town", "care"]
    assert {p.facet for p in turn.offer} == {"schedule"}


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("じゃあ町内会は？", "schedule"),
        ("町内会のほうは", "schedule"),
        ("町内会だったら？", "schedule"),
        ("町内会", "overview"),
    ],
)
def test_a_name_with_wa_asks_the_same_of_another(text: str, facet: str) -> None:
    u = heard(text, named="town=町内会", facets={"overview": 0.6}, slots=about("giga", "schedule"))
    turn = decide.ask(u, SAY)
    assert (turn.initiative, turn.facet) == ("town", facet)


def test_a_name_answers_the_question_which_initiative() -> None:
    asked = about("giga", None, choice(name="town", facet="schedule"), choice(name="giga"))
    u = heard("町内会", named="town=町内会", facets={"overview": 0.6}, slots=asked)
    turn = decide.ask(u, SAY)
    assert (turn.initiative, turn.facet) == ("town", "schedule")


@pytest.mark.parametrize("text", ["😀😀", "？？？", "。", "", "…！"])
def test_what_has_no_words_is_asked_for_in_words(text: str) -> None:
    for action in (decide.ask, decide.out_of_scope):
        (reply,) = action(heard(text, topics=NOTHING), SAY).replies
        assert reply.outcome == Outcome.CLARIFY


@pytest.mark.parametrize(
    ("topics", "named", "expected"),
    [
        ({"giga": 0.6, "carbon": 0.3}, "carbon=脱炭素", ["giga"]),
        ({"giga": 0.4, "carbon": 0.3}, "carbon=脱炭素", ["carbon"]),
        ({"care": 0.9}, "carbon=脱炭素", ["carbon"]),
        ({None: 0.9}, "carbon=脱炭素", ["carbon"]),
        ({"town": 0.7, "care": 0.2}, "town=町内会 care=ケア", ["town"]),
        ({"town": 0.6, "care": 0.3}, "town=町内会 care=ケア", ["town", "care"]),
        ({"town": 0.5, "care": 0.5}, "town=町内会 care=ケア", ["town", "care"]),
    ],
)
def test_a_name_in_passing_gives_way_to_what_is_described(
    topics: dict[str | None, float], named: str, expected: list[str]
) -> None:
    turn = decide.ask(heard("なにか", named=named, topics=topics), SAY)
    assert [reply.initiative for reply in turn.replies] == expected


def test_a_comparison_keeps_both_names() -> None:
    u = heard("町内会とケア、どっちが先", named="town=町内会 care=ケア", topics={"town": 0.9})
    assert [r.initiative for r in decide.ask(u, SAY).replies] == ["town", "care"]


@pytest.mark.parametrize("action", [decide.smalltalk, decide.menu, decide.out_of_scope])
def test_a_short_question_that_sounds_like_talk_is_a_question(action: Action) -> None:
    u = heard(
        "なんで始まったの",
        "chitchat",
        0.4,
        topics=NOTHING,
        facets=SURE,
        asking=0.3,
        slots=about("giga", "overview"),
    )
    turn = action(u, SAY)
    assert (turn.replies[0].outcome, turn.initiative, turn.facet) == ("answer", "giga", "schedule")


@pytest.mark.parametrize(
    "text",
    [
        "GIGAについて教えて",
        "GIGAのことで聞きたくて",
        "まちがえました、GIGAです",
        "GIGAのほうじゃよ",
    ],
)
def test_a_mere_name_asks_for_the_overview(text: str) -> None:
    u = heard(text, named="giga=GIGA", facets=SURE)
    assert decide.ask(u, SAY).facet == "overview"


@pytest.mark.parametrize(
    "text",
    [
        "GIGAと町内会どっちが先",
        "GIGAや町内会の時期",
        "GIGA、町内会いつ",
        "GIGAと町内会はどう違うの",
    ],
)
def test_names_joined_as_equals_are_both_answered(text: str) -> None:
    u = heard(text, named="giga=GIGA town=町内会", topics={"town": 0.9}, facets=SURE)
    assert [reply.initiative for reply in decide.ask(u, SAY).replies] == ["giga", "town"]


def test_why_it_is_done_is_cause_and_aim() -> None:
    carbon: dict[str, Any] = {"topics": {"carbon": 0.9}, "specific": ("炭素",)}
    u = heard("なんで作るの", facets={"background": 0.9}, **carbon)
    told = [(reply.outcome, reply.facet) for reply in decide.ask(u, SAY).replies]
    assert told == [("answer", "purpose")]  # no background is stated of it
    u = heard("それは何でしたか", facets={"schedule": 0.9}, **carbon)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "carbon", "schedule")


def test_parts_of_a_text_ask_for_a_facet_each() -> None:
    raw = {**message("いつから、あと何のため", named="carbon=カーボン", facets=SURE)}
    raw["facets_apart"] = ["schedule", "purpose", "unheard-of"]
    u = read(raw, {}, (), KNOWLEDGE)
    told = [(reply.outcome, reply.facet) for reply in decide.ask(u, SAY).replies]
    assert told == [("answer", "schedule"), ("answer", "purpose")]


@pytest.mark.parametrize(
    ("slots", "outcome"),
    [({}, ("suggest", None, None)), (about("giga", "schedule"), ("answer", "giga", "overview"))],
)
def test_a_few_common_words_may_mean_any_initiative(
    slots: dict[str, Any], outcome: tuple[str, str | None, str | None]
) -> None:
    u = heard("計画について", topics={"carbon": 0.9}, facets={"overview": 0.9}, slots=slots)
    assert outcome_of(decide.ask(u, SAY)) == outcome


def test_a_word_of_another_matter_outweighs_a_likeness() -> None:
    strange: dict[str, Any] = {"topics": {"carbon": 0.6}, "unknown": ("待機児童",)}
    foreign = heard("待機児童はいつゼロ", facets=SURE, foreign=0.2, **strange)
    assert outcome_of(decide.ask(foreign, SAY))[0] == "out_of_scope"
    unclear = heard("待機児童のやつ", **strange)
    assert outcome_of(decide.ask(unclear, SAY))[0] == "suggest"


def test_whom_to_ask_after_being_turned_away_is_the_call_line_once_more() -> None:
    turned_away = decide.out_of_scope(heard("粗大ごみ", "out_of_scope", foreign=0.9), SAY)
    u = heard("誰に聞けば", topics=NOTHING, facets={"contact": 0.95}, slots=turned_away.slots())
    (reply,) = decide.ask(u, SAY).replies
    assert reply.outcome == "out_of_scope"
    assert "044-200-3939" in reply.text


def test_a_few_common_words_go_on_about_what_was_turned_away() -> None:
    turned_away = decide.out_of_scope(heard("待機児童", "out_of_scope", foreign=0.9), SAY)
    said: dict[str, Any] = {"topics": {"carbon": 0.99}, "facets": SURE}
    u = heard("いつゼロになる？", slots=turned_away.slots(), **said)
    assert outcome_of(decide.ask(u, SAY))[0] == "out_of_scope"
    u = heard("いつゼロになる？", **said)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "carbon", "schedule")


def test_the_next_question_of_a_talk_is_no_question_about_the_line() -> None:
    said: dict[str, Any] = {
        "topics": NOTHING,
        "facets": {"schedule": 0.95},
        "specific": ("受け付ける",),
    }
    u = heard("ならいつから受け付けるの", "line_info", 0.5, slots=about("giga"), **said)
    assert outcome_of(decide.line_info(u, SAY)) == ("answer", "giga", "schedule")
    u = heard("いつから受け付けるの", "line_info", 0.9, slots=about("giga"), **said)
    assert outcome_of(decide.line_info(u, SAY))[0] == "line_info"


def test_what_is_described_beyond_doubt_is_meant_whatever_a_name_nearly_is() -> None:
    u = heard("川崎のGIGA端末", near="carbon=川崎の", topics={"giga": 0.95}, facets=SURE)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("GIGAスクールは進んでますか", ("answer", "giga", "overview")),
        ("GIGAスクールはどこまで進んで、結果は出たの", ("not_stated", "giga", "achievements")),
    ],
)
def test_progress_is_how_it_stands_unless_a_result_is_asked_for(
    text: str, expected: tuple[str, str, str]
) -> None:
    u = heard(text, named="giga=GIGAスクール", facets={"achievements": 0.95})
    assert outcome_of(decide.ask(u, SAY)) == expected


@pytest.mark.parametrize(
    ("text", "facet"),
    [
        ("GIGAスクールと町内会はどっちが先ですか", "schedule"),
        ("修繕はどれも先送りです。GIGAスクールの目的は", "overview"),
    ],
)
def test_what_comes_first_is_a_question_of_time(text: str, facet: str) -> None:
    u = heard(text, named="giga=GIGAスクール", facets={"overview": 0.95})
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", facet)


def test_what_is_turned_down_is_not_answered() -> None:
    said: dict[str, Any] = {"named": "town=町内会", "topics": {"town": 0.95}, "facets": SURE}
    u = heard("町内会費じゃなくてPTAの会費はいつ", **said)
    assert outcome_of(decide.ask(u, SAY))[0] == "out_of_scope"
    u = heard("町内会の会費じゃなくてもいつ", **said)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "town", "schedule")
    u = heard("町内会費じゃなくて前の話、いつ", slots=about("carbon"), **said)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "carbon", "schedule")
