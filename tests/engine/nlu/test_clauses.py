from __future__ import annotations

import pytest

from engine.nlu.clauses import Span, pieces


def cut(text: str, spans: list[Span]) -> list[str]:
    return [text[slice(*span)] for span in spans]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("いつから、あと誰とやるの", ["いつから", "誰とやるの"]),
        ("担当の課と終わる時期は", ["担当の課", "終わる時期は"]),
        ("いつ始まるの。あとどこに頼むの", ["いつ始まるの。", "あとどこに頼むの"]),
        ("学校改革 予算 期限", ["学校改革", "予算", "期限"]),
        ("学校改革 策定の背景 完成時期", ["学校改革", "策定の背景", "完成時期"]),
        ("市は誰と、何を目指してやるの", ["市は誰と", "何を目指してやるの"]),
        ("始めた事情と、担当の課の二点を", ["始めた事情", "担当の課の二点を"]),
        ("いつ始めて何を目指すの", ["いつ始めて", "何を目指すの"]),
    ],
)
def test_two_questions_are_cut_apart(text: str, parts: list[str]) -> None:
    assert cut(text, pieces(text).parts) == parts


@pytest.mark.parametrize(
    "text",
    [
        "いつから始まりますか",
        "銀行と組んでやる計画はいつから",  # with somebody, not "and"
        "聞きたいのは、いつ始まるかです",
        "孫から聞きましたが、いつから始まりますか",
        "学校でやるやつ、いつ",
        "いつからじゃなくて何のためか",
        "孫に聞いて、いつかを知りたい",
        "",
        "。",
    ],
)
def test_one_question_stays_whole(text: str) -> None:
    asking = [part for part in cut(text, pieces(text).parts) if "いつ" in part]
    assert len(asking) <= 1


def test_the_ending_is_the_last_clause() -> None:
    text = "みんなで暮らすまちにする運動、担当はどこ"
    assert cut(text, pieces(text).ending) == ["担当はどこ"]
    assert pieces("担当はどこ").ending == []
    assert pieces("いつから始まるの、ねえ").ending == []


def test_the_questions_of_a_long_message_are_its_sentences_that_ask() -> None:
    text = (
        "先月こちらに越してきました。前の市では回覧板だけでした。"
        "ここの町会への手伝いはいつ決まるのでしょうか。引っ越しの届けは済みました。"
    )
    found = cut(text, pieces(text).questions)
    assert found == ["ここの町会への手伝いはいつ決まるのでしょうか。"]
    assert pieces("短いです。いつですか。").questions == []
