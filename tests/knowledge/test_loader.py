from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from pathlib import Path

GOOD = """\
id: {id}
name: {id}の取組
aliases: [{id}さん]
descriptions:
  - まちをよくすること
related: []
facets:
  schedule:
    - fact: 令和3年（2021年）に始まります。
      easy: 2021年（令和3年）に　始まります。
      paragraph: {paragraph}
"""


def put(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def good(folder: Path, name: str, paragraph: int = 5) -> None:
    put(folder, f"{name}.yml", GOOD.format(id=name, paragraph=paragraph))


def problems(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as found:
        load_knowledge(folder)
    return [str(problem) for problem in found.value.problems]


def test_loads_every_file_in_the_order_of_the_address(tmp_path: Path) -> None:
    good(tmp_path, "late", paragraph=9)
    good(tmp_path, "early", paragraph=2)
    assert load_knowledge(tmp_path).ids == ("early", "late")


def test_gives_facts_with_their_sources(tmp_path: Path) -> None:
    good(tmp_path, "park", paragraph=7)
    (fact,) = load_knowledge(tmp_path).facts("park", Facet.SCHEDULE)
    assert fact.fact == "令和3年（2021年）に始まります。"
    assert [source.paragraph for source in fact.sources] == [7]


def test_what_is_not_stated_has_no_facts(tmp_path: Path) -> None:
    good(tmp_path, "park")
    assert load_knowledge(tmp_path).facts("park", Facet.BUDGET) == ()


def test_a_fact_may_have_several_paragraphs(tmp_path: Path) -> None:
    put(tmp_path, "park.yml", GOOD.format(id="park", paragraph="[1, 3]"))
    (fact,) = load_knowledge(tmp_path).facts("park", Facet.SCHEDULE)
    assert [source.paragraph for source in fact.sources] == [1, 3]


def test_knowledge_can_be_sent_to_another_process(tmp_path: Path) -> None:
    good(tmp_path, "park")
    knowledge = load_knowledge(tmp_path)
    assert pickle.loads(pickle.dumps(knowledge)) == knowledge  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("line", "instead", "problem"),
    [
        ("name: parkの取組", "nmae: parkの取組", "2行目: 「nmae」という項目は使えません"),
        ("name: parkの取組\n", "", "1行目: 「name」がありません"),
        ("name: parkの取組", "name: 2021", "2行目: 「name」には文字を書いてください"),
        ("name: parkの取組", "name: ' '", "2行目: 「name」が空です"),
        ("id: park", "id: Park", "1行目: 「id」は、半角の英小文字"),
        ("aliases: [parkさん]", "aliases: parkさん", "3行目: 「aliases」には、行頭に「-」"),
        ("  - まちをよくすること", "  - 2021", "5行目: 「descriptions」には文字"),
        ("related: []", "related: [tree]", "6行目: related の「tree」という施策はありません"),
        ("  schedule:", "  when:", "8行目: 「when」という観点はありません"),
        ("    - fact: 令和3年（2021年）に始まります。", "    - fact: ''", "9行目: 「fact」が空"),
        (
            "    - fact: 令和3年（2021年）に始まります。",
            "    - fakt: あ",
            "9行目: 「fact」がありま",
        ),
        ("      paragraph: 5", "      paragraph: 五", "11行目: 段落の番号(paragraph)は、1から18"),
        ("      paragraph: 5", "      paragraph: 19", "11行目: 段落の番号"),
        ("      paragraph: 5", "      paragraph: 0", "11行目: 段落の番号"),
        ("      paragraph: 5", "      paragraph: [5, 99]", "11行目: 段落の番号"),
        ("      paragraph: 5", "      paragraph: []", "11行目: 段落の番号"),
        ("      paragraph: 5", "      paragraph: true", "11行目: 段落の番号"),
        ("      easy: 2021年", "      easy: ''\n      x: 2021年", "10行目: 「easy」が空"),
        ("      paragraph: 5", "", "9行目: 「paragraph」がありません"),
        ("related: []", "related: []\nname: もう一つ", "7行目: 同じ項目が二度"),
        ("related: []", "related: [", "YAMLとして読めません"),
    ],
)
def test_says_where_and_why_a_file_is_wrong(
    tmp_path: Path, line: str, instead: str, problem: str
) -> None:
    text = GOOD.format(id="park", paragraph=5)
    assert line in text
    put(tmp_path, "park.yml", text.replace(line, instead))
    assert any(one.startswith("park.yml ") and problem in one for one in problems(tmp_path))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "「id: …」のような項目がありません"),
        ("- id: park", "「id: …」のような項目がありません"),
        ("id: park\nname: 公園\nfacets: {}", "3行目: 「facets」が空です"),
        ("id: park\nname: 公園\nfacets: []", "3行目: 「facets」の下に"),
        ("id: park\nname: 公園\nfacets:\n  schedule:", "4行目: "),
        ("id: park\nname: 公園\nfacets:\n  schedule: []", "4行目: 「schedule」が空です"),
        ("id: park\nname: 公園\nfacets:\n  schedule:\n    - あした", "5行目: ここには「fact"),
    ],
)
def test_says_what_a_half_written_file_lacks(tmp_path: Path, text: str, problem: str) -> None:
    put(tmp_path, "park.yml", text)
    (found,) = problems(tmp_path)
    assert problem in found


def test_reports_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    put(tmp_path, "a.yml", "id: a\nfacets:\n  when:\n    - fact: ''\n      paragraph: x\n")
    put(tmp_path, "b.yml", "id: [")
    good(tmp_path, "c")
    found = problems(tmp_path)
    assert [one.split()[0] for one in found] == ["a.yml"] * (len(found) - 1) + ["b.yml"]
    assert len(found) >= 4


def test_an_id_must_be_its_files_name(tmp_path: Path) -> None:
    put(tmp_path, "garden.yml", GOOD.format(id="park", paragraph=5))
    assert problems(tmp_path) == [
        "garden.yml 1行目: id「park」がファイル名と違います。ファイル名は「park.yml」にしてください"
    ]


def test_an_id_stands_in_one_file_alone(tmp_path: Path) -> None:
    good(tmp_path, "park")
    text = GOOD.format(id="park", paragraph=5)
    put(tmp_path, "zoo.yml", text.replace("の取組", "").replace("さん", "くん"))
    assert any("zoo.yml 1行目: id「park」は park.yml でも" in one for one in problems(tmp_path))


def test_a_name_belongs_to_one_initiative(tmp_path: Path) -> None:
    good(tmp_path, "park")
    put(tmp_path, "zoo.yml", GOOD.format(id="zoo", paragraph=5).replace("zooさん", "ＰＡＲＫさん"))
    (found,) = problems(tmp_path)
    assert found == "zoo.yml 3行目: 「ＰＡＲＫさん」は park.yml でも名前に使われています"


def test_a_relation_to_a_file_that_is_wrong_itself_is_no_second_problem(tmp_path: Path) -> None:
    put(tmp_path, "zoo.yml", "id: zoo")
    text = GOOD.format(id="park", paragraph=5).replace("related: []", "related: [zoo]")
    put(tmp_path, "park.yml", text)
    assert all(one.startswith("zoo.yml") for one in problems(tmp_path))


def test_a_file_in_another_encoding_is_named(tmp_path: Path) -> None:
    (tmp_path / "park.yml").write_bytes("id: 公園".encode("shift_jis"))
    assert problems(tmp_path) == ["park.yml 1行目: 文字コードがUTF-8ではありません"]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    text = GOOD.format(id="park", paragraph=5)
    (tmp_path / "park.yml").write_text(text, encoding="utf-8-sig")
    assert load_knowledge(tmp_path).ids == ("park",)


def test_another_ending_is_not_passed_over_in_silence(tmp_path: Path) -> None:
    put(tmp_path, "park.yaml", GOOD.format(id="park", paragraph=5))
    assert problems(tmp_path) == ["park.yaml 1行目: ファイル名の終わりを「.yml」にしてください"]


def test_an_empty_folder_is_a_problem(tmp_path: Path) -> None:
    (found,) = problems(tmp_path)
    assert "施策のファイル(*.yml)が一つもありません" in found
