from pathlib import Path

import pytest

from engine.knowledge import read_knowledge
from engine.nlu.names import Names
from engine.nlu.reading import tokenise
from engine.text import normalise

Found = list[tuple[str, str, str]]


@pytest.fixture
def names(knowledge: Path) -> Names:
    return Names.of(read_knowledge(knowledge))


def _found(names: Names, written: str) -> Found:
    text = normalise(written)
    return [(m.initiative, text[m.start : m.end], m.kind) for m in names.find(text, tokenise(text))]


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("カーボンゼロチャレンジとは", [("carbon_zero", "カーボンゼロチャレンジ", "exact")]),
        ("ｶｰﾎﾞﾝｾﾞﾛ・ﾁｬﾚﾝｼﾞ", [("carbon_zero", "カーボンゼロ・チャレンジ", "exact")]),
        (
            "かわさき カーボンゼロチャレンジ２０５０",
            [("carbon_zero", "かわさき カーボンゼロチャレンジ2050", "exact")],
        ),
        ("だつたんそせんりゃくって?", [("carbon_zero", "だつたんそせんりゃく", "exact")]),
        ("かーぼんぜろちゃれんぢ", [("carbon_zero", "かーぼんぜろちゃれんぢ", "near")]),
        ("カーボンセロチャレンジ", [("carbon_zero", "カーボンセロチャレンジ", "near")]),
        ("カボンセロチャーレンジーは", [("carbon_zero", "カボンセロチャーレンジー", "near")]),
        (
            "SDGs認証とカーボンゼロチャレンジ",
            [
                ("sdgs_certification", "sdgs認証", "exact"),
                ("carbon_zero", "カーボンゼロチャレンジ", "exact"),
            ],
        ),
    ],
)
def test_names_are_found_as_people_write_them(names: Names, written: str, found: Found) -> None:
    assert _found(names, written) == found


def test_another_number_makes_another_name(names: Names) -> None:
    near = [("carbon_zero", "カーボンゼロチャレンジ2030", "near")]
    assert _found(names, "カーボンゼロチャレンジ2030とは") == near
    assert _found(names, "カーボンゼロチャレンジ２０３０とは") == near


def test_the_longest_name_wins(names: Names) -> None:
    assert _found(names, "SDGs認証") == [("sdgs_certification", "sdgs認証", "exact")]
    assert _found(names, "SDGsの話") == [("sdgs", "sdgs", "exact")]


@pytest.mark.parametrize(
    "written",
    ["待機児童はいつ解消されますか", "懲戒処分", "sdgsx", "ゴミの出し方", "", "👍", "!?", "2050"],
)
def test_what_only_looks_or_sounds_a_little_alike_is_no_name(names: Names, written: str) -> None:
    assert _found(names, written) == []


def test_a_short_name_is_heard_where_it_is_written_in_kana(names: Names) -> None:
    assert _found(names, "ちょうかいって") == [("sdgs_certification", "ちょうかい", "exact")]
