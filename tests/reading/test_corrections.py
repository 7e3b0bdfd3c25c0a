from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.knowledge.problems import KnowledgeError
from bot.reading.corrections import load_corrections
from bot.reading.reader import Reader
from tests.reading.annotated import annotated

if TYPE_CHECKING:
    from pathlib import Path


def put(folder: Path, text: str) -> Path:
    file = folder / "readings.yml"
    file.write_text(text, encoding="utf-8")
    return file


def read(folder: Path, corrections: str, text: str) -> str:
    return annotated(Reader(load_corrections(put(folder, corrections))).read(text))


def test_the_longest_correction_counts(tmp_path: Path) -> None:
    corrections = "次の: つぎの\n次の方: つぎのかた\n"
    assert read(tmp_path, corrections, "次の方です") == "次[つぎ]の方[かた]です"


def test_a_correction_does_not_reach_into_a_longer_word(tmp_path: Path) -> None:
    corrections = "私: わたくしめ\n日本: やまと\n"
    text = "私は私立の東日本の日本人"
    assert read(tmp_path, corrections, text) == (
        "私[わたくしめ]は私立[しりつ]の東[ひがし]日本[にほん]の日本[にほん]人[じん]"
    )


def test_a_correction_stands_wherever_its_word_does(tmp_path: Path) -> None:
    assert read(tmp_path, "最幸: さいこう\n", "最幸と最幸") == "最幸[さいこう]と最幸[さいこう]"


def test_an_empty_list_corrects_nothing(tmp_path: Path) -> None:
    assert read(tmp_path, "{}", "市政") == "市政[しせい]"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("川崎: カワサキ", "1行目: 「川崎」のよみは、ひらがなだけで書いてください"),
        ("川崎: かわさき\n市政:", "2行目: 「市政」のよみは、ひらがなだけ"),
        ("川崎: 3", "1行目: 「川崎」のよみは、ひらがなだけ"),
        ("かわさき: かわさき", "1行目: 「かわさき」には漢字がありません"),
        ("3: さん", "1行目: 「3」には漢字がありません"),
        ("取り組み: とくみ", "1行目: 「取り組み」とよみ「とくみ」が合いません"),
        ("第3期: だいさんき", "1行目: 「第3期」とよみ「だいさんき」が合いません"),
        ("川崎: かわさき\n川崎: かわさき", "2行目: 同じ項目が二度書かれています"),
        ("- 川崎", "1行目: 「言葉: よみ」の形で書いてください"),
        ("", "1行目: 「言葉: よみ」の形で書いてください"),
        ("川崎: [", "YAMLとして読めません"),
    ],
)
def test_says_where_and_why_a_line_is_wrong(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(KnowledgeError) as found:
        load_corrections(put(tmp_path, text))
    (only,) = map(str, found.value.problems)
    assert only.startswith("readings.yml ")
    assert problem in only


def test_all_wrong_lines_are_named_at_once(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError) as found:
        load_corrections(put(tmp_path, "川崎: カワサキ\n市政: しせい\nかな: かな\n"))
    assert [problem.line for problem in found.value.problems] == [1, 3]
