from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.__main__ import main
from bot.wording import DATA
from tests.knowledge.test_loader import good, put

if TYPE_CHECKING:
    from pathlib import Path


def test_counts_what_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(tmp_path, "park")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1施策、1件の内容を確かめました。問題はありません。\n"


def test_a_fact_without_or_with_a_wrong_plain_form_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    good(tmp_path, "park")
    text = (tmp_path / "park.yml").read_text(encoding="utf-8")
    easy = "      easy: 2021年（令和3年）に　始まります。\n"
    assert easy in text
    put(tmp_path, "park.yml", text.replace(easy, "      easy: 市が　整備します。\n"))
    put(tmp_path, "zoo.yml", text.replace(easy, "").replace("park", "zoo"))
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "park.yml 10行目: 「整備」は使いません。代わりの言い方: つくる、そろえる",
        "park.yml 10行目: 数字が違います。足りない: 2021年、多い: なし",
        "zoo.yml 9行目: 「easy」がありません。同じことを、やさしい日本語で書き足してください",
        "直すところが3件あります。",
    ]


def test_our_own_content_is_right(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 0
    assert "問題はありません" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("name", "change", "said"),
    [
        ("replies_easy.yml", ("menu_of_one: ", "menu_of_one: 整備 "), "「整備」は使いません"),
        ("replies_easy.yml", ("menu_of_one: ", "menu_of_one: 2つ "), "多い: 2"),
        ("replies_easy.yml", ("menu_of_one: ", "menu_of_two: "), "'menu_of_two'"),
        ("readings.yml", ("川崎: かわさき", "川崎: カワサキ"), "ひらがなだけ"),
        ("easy_rules.yml", ("most: 40", "most: 長い"), "きまりの書き方が正しくありません"),
        ("easy_rules.yml", ("find: ' '", "find: '('"), "きまりの書き方が正しくありません"),
        ("easy_rules.yml", ("limits:", "limits: ["), "YAMLとして読めません"),
    ],
)
def test_the_other_files_of_staff_are_checked_too(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    change: tuple[str, str],
    said: str,
) -> None:
    data = tmp_path / "data"
    shutil.copytree(DATA, data, ignore=shutil.ignore_patterns("nlu", "rules"))
    text = (data / name).read_text(encoding="utf-8")
    assert change[0] in text
    put(data, name, text.replace(*change, 1))
    assert main([], data) == 1
    assert said in capsys.readouterr().err


def test_lists_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "park.yml", "id: park\nnmae: 公園")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "park.yml 1行目: 「facets」がありません。書き足してください",
        "park.yml 1行目: 「name」がありません。書き足してください",
        "park.yml 2行目: 「nmae」という項目は使えません。つづりを確かめてください",
        "直すところが3件あります。",
    ]
