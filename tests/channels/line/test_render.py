from __future__ import annotations

import pytest

from bot.channels.line import postback
from bot.channels.line.render import render
from bot.conversation.model import Message, Outcome, Role
from bot.knowledge.schema import Facet
from tests.channels.line.laws import actions, check, words
from tests.channels.line.said import IDS, SAY, WORDING, choices, message, stored

EVERYTHING = [(one, facet) for one in IDS for facet in Facet]
ANSWERS = [(one, facet) for one, facet in EVERYTHING if SAY.knowledge.facts(one, facet)]
REPLIES = {
    "menu": SAY.menu(),
    "which": SAY.which("clarify_initiative"),
    "which of the others": SAY.which("repair_which", but="sdgs"),
    "suggest one": SAY.suggest(IDS[:1], None),
    "suggest several": SAY.suggest(IDS[:4], "schedule"),
    "out of scope": SAY.out_of_scope(),
    "line info": SAY.line_info(),
    "emergency": SAY.plain(Outcome.EMERGENCY, "emergency", SAY.person()),
    "emergency life": SAY.plain(Outcome.EMERGENCY, "emergency_life", SAY.person()),
    "personal data": SAY.plain(Outcome.CLARIFY, "personal_data", SAY.person(), SAY.menu_choice()),
    **{f"menu of {one}": SAY.menu_of(one) for one in IDS},
}


def data(tree: object) -> list[str]:
    return [action["data"] for action in actions(tree) if action["type"] == "postback"]


@pytest.mark.parametrize(("initiative", "facet"), EVERYTHING)
def test_everything_that_can_be_asked_is_answered_in_full(initiative: str, facet: Facet) -> None:
    reply = SAY.about(initiative, facet)
    (sent,) = check(render([stored(reply)], WORDING))
    for line in reply.text.split("\n"):
        assert line.strip("【】").split("：")[-1] in words(sent)
    assert sent["altText"].startswith(reply.text), "the alternative text is all of it"
    assert all(f"choice-{at}" in str(data(sent)) for at, _ in enumerate(reply.choices))


@pytest.mark.parametrize(("initiative", "facet"), ANSWERS)
def test_an_answer_has_title_facts_source_note_and_its_other_facets(
    initiative: str, facet: Facet
) -> None:
    reply = SAY.about(initiative, facet)
    (sent,) = check(render([stored(reply)], WORDING))
    header, body = sent["contents"]["header"], sent["contents"]["body"]
    name = SAY.knowledge[initiative].name
    assert words({"type": "", "contents": header}) == (
        f"{name}\n{WORDING.render(f'facet_{facet}')}"
    )
    told = words({"type": "", "contents": body})
    assert all(fact.fact in told for fact in SAY.knowledge.facts(initiative, facet))
    assert "出典：令和3年度 市政執行の基本的な考え方" in told
    paragraphs = sorted(source.paragraph for source in reply.sources)
    assert f"第{'・'.join(map(str, paragraphs))}段落" in told
    assert told.endswith("（令和3年度の市政方針の時点の内容です）")
    others = [WORDING.render(f"facet_{f}") for f in SAY.knowledge[initiative].stated if f != facet]
    labels = [action["label"] for action in actions(sent["contents"]["footer"])]
    assert labels == [*others, "はい", "いいえ"]


@pytest.mark.parametrize("name", REPLIES)
def test_every_other_reply_is_said_in_full_with_all_its_choices(name: str) -> None:
    reply = REPLIES[name]
    (sent,) = check(render([stored(reply)], WORDING))
    for line in reply.text.split("\n"):
        assert line in words(sent)
    labels = [a["label"] for a in actions(sent) if a.get("data", "").startswith("1:c:")]
    assert sorted(labels) == sorted(choice.label for choice in reply.choices)


@pytest.mark.parametrize("key", sorted(WORDING.places))
def test_every_text_of_the_wording_can_be_sent(key: str) -> None:
    text = WORDING.render(key, **dict.fromkeys(WORDING.places[key], "7"))
    for outcome in (None, *Outcome):
        offer = choices("職員と話す", "聞けることを見る")
        said = message(text, outcome=outcome, choices=offer, final=True)
        (sent,) = check(render([said], WORDING))
        assert [a["label"] for a in actions(sent) if a["label"] == "職員と話す"]
    for role in Role:
        check(render([message(text, role)], WORDING))


def test_a_menu_is_a_list_because_quick_replies_are_too_few() -> None:
    (sent,) = check(render([stored(SAY.menu())], WORDING))
    assert len(actions(sent["contents"])) == len(IDS)
    assert "quickReply" not in sent


def test_few_choices_are_quick_replies_below_plain_text() -> None:
    (sent,) = check(render([stored(SAY.suggest(IDS[:2], None))], WORDING))
    assert sent["type"] == "text"
    assert len(sent["quickReply"]["items"]) == 4


def test_an_emergency_can_be_dialled() -> None:
    (sent,) = check(render([stored(REPLIES["emergency"])], WORDING))
    assert [a["uri"] for a in actions(sent) if a["type"] == "uri"] == ["tel:119", "tel:110"]


def test_the_fax_is_not_dialled() -> None:
    (sent,) = check(render([stored(SAY.line_info())], WORDING))
    assert [a["uri"] for a in actions(sent) if a["type"] == "uri"] == ["tel:0442003939"]


def test_feedback_is_asked_where_the_web_asks_it_and_names_the_message() -> None:
    reply = SAY.about("finance", Facet.OVERVIEW)
    (sent,) = check(render([stored(reply)], WORDING))
    asked = [postback.read(one) for one in data(sent) if one.startswith("1:f:")]
    assert asked == [
        postback.Feedback("1617246000000-0", helpful=True),
        postback.Feedback("1617246000000-0", helpful=False),
    ]
    (sent,) = check(render([stored(reply, final=False)], WORDING))
    assert not [one for one in data(sent) if one.startswith("1:f:")]


def test_after_a_talk_with_an_operator_it_is_asked_whether_it_helped() -> None:
    end = message(
        "この会話は終わりました。", Role.SYSTEM, survey=True, choices=choices("職員と話す")
    )
    (sent,) = check(render([end], WORDING))
    assert sent["text"] == "この会話は終わりました。\n職員との会話は、お役に立ちましたか。"
    offered = actions(sent["quickReply"])
    assert [one["label"] for one in offered] == ["はい", "いいえ", "職員と話す"]
    asked = [postback.read(one["data"]) for one in offered[:2]]
    assert asked == [postback.Survey(helpful=True), postback.Survey(helpful=False)]


def test_an_operator_is_named_and_the_text_stays_plain() -> None:
    said = message("こんにちは。\n{name} 【x：y】", Role.OPERATOR, author="sato")
    assert check(render([said], WORDING)) == [
        {"type": "text", "text": "【職員：sato】\nこんにちは。\n{name} 【x：y】"}
    ]


def test_a_turn_of_several_messages_offers_the_choices_below_the_last() -> None:
    first = stored(SAY.about("finance", Facet.OVERVIEW), final=False)
    second = stored(SAY.about("sdgs", Facet.OVERVIEW))
    notice = message("電話番号を置きかえました。", Role.SYSTEM, choices=choices("職員と話す"))
    sent = check(render([notice, first, second], WORDING))
    assert [one["type"] for one in sent] == ["text", "flex", "flex"]
    assert "職員と話す" in [a["label"] for a in actions(sent[-1]["quickReply"])]


def test_more_than_five_messages_become_texts_with_nothing_lost() -> None:
    turn = [stored(SAY.about(one, Facet.OVERVIEW), final=False) for one in IDS[:7]]
    sent = check(render(turn, WORDING))
    assert all(said.text in "\n".join(map(words, sent)) for said in turn)
    assert len(sent[-1]["quickReply"]["items"]) == 13


def test_a_long_text_is_split_and_its_choices_are_below_the_last_part() -> None:
    long = "".join(f"{at}番目の文です。" for at in range(900))
    sent = check(render([message(long, choices=choices("はい"))], WORDING))
    assert "".join(map(words, sent)) == long
    assert len(sent) == 2
    assert all(words(one).endswith("。") for one in sent)


def test_an_answer_too_long_for_a_bubble_keeps_its_choices_and_source() -> None:
    text = "【財政：概要】\n" + "長い文です。" * 300
    offer = choices("目的", "職員と話す")
    source = {"title": "題", "section": "節", "paragraph": 3}
    said = message(text, outcome=Outcome.ANSWER, choices=offer, sources=(source,))
    (sent,) = check(render([said], WORDING))
    assert sent["type"] == "text"
    assert sent["text"].endswith("出典：題 節 第3段落")
    assert len(sent["quickReply"]["items"]) == 2


@pytest.mark.parametrize(
    "text", ["普通の文です。", "【題】\n文", "【あ：い】", "【あ：い】\nう\n（え）\nお"]
)
def test_an_answer_in_another_form_is_said_all_the_same(text: str) -> None:
    (sent,) = check(render([message(text, outcome=Outcome.ANSWER)], WORDING))
    assert sent["altText"] == text
    assert text.replace("【", "").replace("】", "").split("\n")[-1].split("：")[-1] in words(sent)


def test_an_address_stays_in_plain_text_where_it_can_be_tapped() -> None:
    text = "書いてください。\nhttps://chat.example/form/x"
    said = message(text, outcome=Outcome.OUT_OF_SCOPE, final=True)
    assert check(render([said], WORDING)) == [{"type": "text", "text": text}]


def test_the_same_label_is_offered_once() -> None:
    twice: list[Message] = [message("あ", choices=choices("職員と話す", "職員と話す"))]
    (sent,) = check(render([*twice, *twice], WORDING)[-1:])
    assert len(sent["quickReply"]["items"]) == 1


def test_nothing_to_say_is_no_message() -> None:
    assert render([], WORDING) == []
    assert render([message(" \n")], WORDING) == []
