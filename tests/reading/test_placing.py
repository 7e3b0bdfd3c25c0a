from __future__ import annotations

import pytest

from bot.reading.placing import place, tidy
from tests.reading.annotated import annotated


@pytest.mark.parametrize(
    ("word", "reading", "placed"),
    [
        ("取り組み", "トリクミ", "取[と]り組[く]み"),
        ("川崎", "カワサキ", "川崎[かわさき]"),
        ("今日", "キョウ", "今日[きょう]"),
        ("一人ひとり", "ヒトリヒトリ", "一人[ひとり]ひとり"),
        ("考え方", "カンガエカタ", "考[かんが]え方[かた]"),
        ("言い方", "イイカタ", "言[い]い方[かた]"),
        ("大きい", "オオキイ", "大[おお]きい"),
        ("お問い合わせ", "オトイアワセ", "お問[と]い合[あ]わせ"),
        ("思い出", "オモイデ", "思[おも]い出[で]"),
        ("茅ヶ崎", "チガサキ", "茅ヶ崎[ちがさき]"),
        ("人々", "ヒトビト", "人々[ひとびと]"),
        ("排出ガス", "ハイシュツガス", "排出[はいしゅつ]ガス"),
        ("百舌鳥", "モズ", "百舌鳥[もず]"),
        ("消しゴム", "ケシゴム", "消[け]しゴム"),
    ],
)
def test_readings_stand_over_kanji_alone(word: str, reading: str, placed: str) -> None:
    ruby = place(word, reading)
    assert ruby is not None
    assert annotated(ruby) == placed


@pytest.mark.parametrize(
    ("word", "reading"),
    [
        ("ひらがな", "ヒラガナ"),
        ("5万", "ゴマン"),
        ("CO2削減", "シーオーツーサクゲン"),
        ("取り組み", "トリキミダ"),
        ("家", ""),
        ("囧", "囧"),
    ],
)
def test_what_cannot_be_placed_is_left(word: str, reading: str) -> None:
    assert place(word, reading) is None


def test_neighbours_without_reading_are_one() -> None:
    segments = [("か", None), ("", None), ("な", None), ("字", "じ"), ("字", "じ")]
    assert tidy(segments) == (("かな", None), ("字", "じ"), ("字", "じ"))
