"""Short texts that say what is asked and not of what: the conversation decides."""

from __future__ import annotations

from typing import Any

import pytest

from actions import decide
from tests.actions.city import SAY, about, choice, heard, outcome_of

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


@pytest.mark.parametrize("text", ["生身の方を呼んでもらえんですか", "つないで", "人を呼んで"])
def test_who_calls_for_a_person_gets_one(text: str) -> None:
    assert outcome_of(decide.handoff(heard(text, "handoff"), SAY))[0] == "handoff"


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
        "学校のパソコンはいつ", "out_of_scope", topics={"giga": 0.97}, facets=WHEN, foreign=0.85
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


def test_who_would_like_to_take_part_asks_how() -> None:
    u = heard(
        "手伝いの募集があれば入りたいです",
        "opinion",
        0.5,
        named="carbon=カーボンゼロ",
        facets={"participation": 0.95},
        asking=0.42,
    )
    assert outcome_of(decide.opinion(u, SAY)) == ("not_stated", "carbon", "participation")


def test_which_of_a_pair_is_asked_and_no_opinion() -> None:
    slots = {"initiative": "giga", "facet": "overview", "together": ["carbon", "giga"]}
    u = heard("仕上がるのが遅いのはどっち", "opinion", topics=NOTHING, slots=slots)
    told = [(reply.initiative, reply.facet) for reply in decide.opinion(u, SAY).replies]
    assert told == [("carbon", "schedule"), ("giga", "schedule")]


def test_what_sounds_like_a_no_may_ask() -> None:
    u = heard(
        "けっこういくんでしょ",
        "deny",
        topics=NOTHING,
        facets={"budget": 0.95},
        asking=0.3,
        slots=about("giga"),
    )
    assert outcome_of(decide.deny(u, SAY)) == ("not_stated", "giga", "budget")


def test_a_doubted_figure_is_told_again() -> None:
    u = heard("え、5月の間違いじゃなくて？", "repair", topics=NOTHING, slots=about("giga"))
    assert outcome_of(decide.repair(u, SAY)) == ("answer", "giga", "schedule")


@pytest.mark.parametrize("text", ["ケアのほうも同じ顔ぶれ？", "ケアもそうなの？"])
def test_the_same_is_asked_of_another(text: str) -> None:
    u = heard(text, named="care=ケア", facets={None: 0.7}, slots=about("giga"))
    assert outcome_of(decide.ask(u, SAY)) == ("not_stated", "care", "schedule")


def test_the_line_is_not_what_other_matters_are_about() -> None:
    u = heard("粗大の電話がつながらない", "line_info", 0.5, foreign=0.2, unknown=("粗大",))
    assert outcome_of(decide.line_info(u, SAY))[0] == "out_of_scope"


def test_a_name_in_a_writing_of_its_own_is_no_small_talk() -> None:
    described: dict[str, Any] = {"topics": {"carbon": 0.95}, "specific": ("かあぼん",)}
    u = heard("かあぼんぜろお", "greeting", 0.5, **described)
    assert outcome_of(decide.smalltalk(u, SAY)) == ("answer", "carbon", "overview")
    u = heard("かあぼんぜろお", "greeting", 0.9, **described)
    assert outcome_of(decide.smalltalk(u, SAY))[0] == "smalltalk"


def test_a_name_with_mistakes_is_no_foreign_word() -> None:
    understood: dict[str, Any] = {"topics": {"giga": 0.95}, "facets": {"schedule": 0.95}}
    understood["foreign"] = 0.95
    near = heard(
        "GIAGの受業いつ", "out_of_scope", near="giga=GIAG", unknown=("受業",), **understood
    )
    assert outcome_of(decide.out_of_scope(near, SAY)) == ("answer", "giga", "schedule")
    other = heard("GIAGの受業いつ", "out_of_scope", unknown=("受業", "giag"), **understood)
    assert outcome_of(decide.out_of_scope(other, SAY))[0] == "out_of_scope"


def test_words_within_a_name_are_not_unknown() -> None:
    u = heard("GIAGの受業いつ", near="giga=GIAG", unknown=("受業", "giag"))
    assert u.unknown == ("受業",)


def test_unknown_words_do_not_stop_a_clear_question_in_a_talk() -> None:
    told: dict[str, Any] = {"topics": NOTHING, "facets": {"schedule": 0.95}}
    told["unknown"] = ("潜り込む",)
    u = heard("いつまで潜り込める？", asking=0.9, slots=about("giga", "overview"), **told)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")
    u = heard("いつまで潜り込める？", slots=about("giga", "overview"), **told, foreign=0.2)
    assert outcome_of(decide.ask(u, SAY))[0] == "out_of_scope"


def test_latin_words_are_not_strange() -> None:
    understood: dict[str, Any] = {"topics": {"giga": 0.8}, "facets": {"schedule": 0.9}}
    understood["foreign"] = 0.2
    u = heard("giga when lol", unknown=("lol",), **understood)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")
    u = heard("gigaの筑前煮いつ", unknown=("筑前煮",), **understood)
    assert outcome_of(decide.ask(u, SAY))[0] == "out_of_scope"


@pytest.mark.parametrize(
    ("foreign", "specific", "outcome"),
    [
        (0.85, ("補助",), "not_stated"),
        (0.95, ("補助",), "out_of_scope"),
        (0.8, ("従業員", "工場"), "not_stated"),
        (0.85, ("従業員", "工場"), "out_of_scope"),
        (0.5, ("保育園", "空き", "待ち"), "out_of_scope"),
    ],
)
def test_the_more_matter_a_text_has_the_less_it_leans(
    foreign: float, specific: tuple[str, ...], outcome: str
) -> None:
    understood: dict[str, Any] = {"topics": NOTHING, "facets": {"budget": 0.95}}
    u = heard(
        "うちにも出ますか、いくらでしょう",
        "out_of_scope",
        foreign,
        foreign=foreign,
        asking=0.1,
        specific=specific,
        slots=about("giga"),
        **understood,
    )
    assert outcome_of(decide.out_of_scope(u, SAY))[0] == outcome


def test_what_is_merely_like_ours_is_asked_back() -> None:
    like: dict[str, Any] = {"topics": {"giga": 0.99}, "facets": WHEN, "specific": ("ギガ",)}
    u = heard("ギガの日程はいつ", "ask", 0.7, asking=0.7, foreign=0.3, **like)
    assert outcome_of(decide.ask(u, SAY))[0] == "suggest"
    u = heard("ギガの日程はいつ", "ask", 0.7, asking=0.7, foreign=0.1, **like)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")
    u = heard("ギガの日程はいつ", asking=0.7, foreign=0.3, slots=about("giga"), **like)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "giga", "schedule")


def test_a_name_among_strange_words_is_asked_back() -> None:
    understood: dict[str, Any] = {"named": "town=町内会", "unknown": ("名簿ソフト",)}
    u = heard("町内会名簿ソフトが動かない", foreign=0.4, **understood)
    assert outcome_of(decide.ask(u, SAY))[0] == "suggest"
    u = heard("町内会の名簿ソフトはいつ", foreign=0.4, facets=WHEN, **understood)
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "town", "schedule")


@pytest.mark.parametrize(
    ("text", "name", "foreign", "outcome"),
    [
        ("学生自治会はいつ", "自治会", 0.07, "suggest"),
        ("町内会館の鍵はいつ", "町内会", 0.07, "suggest"),
        ("町内会長です。いつ", "町内会", 0.0, "answer"),
        ("うちの自治会はいつ", "自治会", 0.2, "answer"),
    ],
)
def test_a_name_within_a_longer_word_is_doubted(
    text: str, name: str, foreign: float, outcome: str
) -> None:
    u = heard(text, foreign=foreign, facets=WHEN, named=f"town={name}")
    assert outcome_of(decide.ask(u, SAY))[0] == outcome


def test_what_sounds_foreign_is_not_ours_by_a_name_within_a_longer_word() -> None:
    sounds = {"foreign": 0.99, "facets": WHEN, "named": "town=町内会"}
    u = heard("町内会館の鍵はいつ", "out_of_scope", 0.99, **sounds)
    assert outcome_of(decide.out_of_scope(u, SAY))[0] == "out_of_scope"
    u = heard("町内会の鍵はいつ", "out_of_scope", 0.99, **sounds)
    assert outcome_of(decide.out_of_scope(u, SAY)) == ("answer", "town", "schedule")


def test_a_name_in_what_is_hardly_an_opinion_is_answered() -> None:
    u = heard("音声入力が変で。町内会です", "opinion", 0.3, named="town=町内会")
    assert outcome_of(decide.opinion(u, SAY))[:2] == ("answer", "town")
    u = heard("音声入力が変で", "opinion", 0.3)
    assert outcome_of(decide.opinion(u, SAY))[0] == "clarify"


def test_a_weak_call_for_help_is_none() -> None:
    assert outcome_of(decide.emergency(heard("たろう 男", "emergency", 0.3), SAY))[0] == (
        "out_of_scope"
    )


@pytest.mark.parametrize("text", ["ちなみに炭素のほうだと？", "カーボンと比べたらどうです？"])
def test_turning_to_another_asks_the_same_of_it(text: str) -> None:
    facets: dict[str | None, float] = {None: 0.8}
    u = heard(text, named="carbon=カーボン", facets=facets, slots=about("giga"))
    assert outcome_of(decide.ask(u, SAY)) == ("answer", "carbon", "schedule")


def test_a_yes_may_open_the_next_question() -> None:
    offer = (choice("handoff"), choice("ask", "giga", "overview"))
    u = heard(
        "うん、公表はいつかな",
        "affirm",
        0.7,
        topics=NOTHING,
        facets=WHEN,
        slots=about("giga", "overview", *offer),
    )
    assert outcome_of(decide.affirm(u, SAY)) == ("answer", "giga", "schedule")
