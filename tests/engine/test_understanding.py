"""The trained model on questions that it has not learnt, by way of the served engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.engine.serving import Engine

# Written for this test; none of them is in data/nlu.
QUESTIONS = [
    ("カーボンゼロチャレンジって西暦何年までの目標でしたっけ", "carbon_zero"),
    ("うちの市、二酸化炭素ゼロ宣言してるらしいけど中身が知りたい", "carbon_zero"),
    ("グリーンリカバリーの狙いを手短に", "green_recovery"),
    ("児童に配られたタブレットの事業、開始時期を知りたいです", "giga_school"),
    ("ぎがすくーるこうそうについておしえてください", "giga_school"),
    ("町会の手伝い、市のほうで何か始めるって聞いたけど時期は?", "neighborhood_associations"),
    ("自治会を支える新しい施策はもう固まったんですか", "neighborhood_associations"),
    ("SDGs未来都市に選ばれたのは何のためですか", "sdgs"),
    ("えすでぃーじーずの認証制度に応募したい会社はどうすれば", "sdgs_certification"),
    ("SDGsプラットホームには誰が参加してるの", "sdgs_platform"),
    ("パラムーブメントという言葉の意味は", "para_movement"),
    ("延期されたオリンピックは結局いつやるんですか", "tokyo_2020"),
    ("総合計画の第3期はいつ決まる見込みですか", "implementation_plan"),
    ("行財政改革の次のプログラムは何を目指しますか", "fiscal_reform"),
    ("川崎市ってお金が足りてないんでしょうか、財政は", "finance"),
    ("地域包括ケアシステムは高齢の親にも関係ありますか", "community_care"),
    ("市長が掲げる最幸のまちの考え方を説明して", "city_vision"),
]
OTHER_TALK = [
    ("オペレーターの方とお話しできますか", "action_handoff"),
    ("そちらの受付は何時までやっていますか", "action_line_info"),
    ("どうもありがとうございました、助かりました", "action_smalltalk"),
    ("こんにちは、はじめまして", "action_smalltalk"),
    ("隣の家から火が出て燃えています、助けて", "action_emergency"),
    ("2番目のでお願いします", "action_choose"),
    ("粗大ごみの申し込み方法を教えて", "action_out_of_scope"),
    ("どんなことを聞けるのか一覧で見せて", "action_menu"),
]


@pytest.mark.parametrize(("text", "initiative"), QUESTIONS)
def test_questions_of_others_are_understood(
    engine: Engine, conversation: str, text: str, initiative: str
) -> None:
    status, answer = engine.turn(conversation, text)
    assert status == 200
    (reply,) = answer["replies"]
    assert (reply["initiative"], reply["action"]) == (initiative, "action_answer")


@pytest.mark.parametrize(("text", "action"), OTHER_TALK)
def test_each_intent_has_its_action(
    engine: Engine, conversation: str, text: str, action: str
) -> None:
    status, answer = engine.turn(conversation, text)
    assert (status, answer["replies"][0]["action"]) == (200, action)
