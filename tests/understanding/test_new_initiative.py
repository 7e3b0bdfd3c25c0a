"""A new initiative is one file: no line of code and no training line is changed."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from bench.understanding.asking import ask_all
from bench.understanding.served import served
from bench.understanding.sets import ROOT, Case, Turn

if TYPE_CHECKING:
    from pathlib import Path

NEW = "waterside_square"
FILE = f"""
id: {NEW}
name: 多摩川みずべ広場プラン
aliases: [みずべ広場プラン, みずべ広場, 水辺広場プラン, 水辺の広場, 水辺広場,
  たまがわみずべひろばプラン, みずべひろば, ミズベ広場]
descriptions:
  - 河原に誰でも休める場所をつくる計画
  - 多摩川の岸辺をくつろげる場所に変える話
  - 川べりの空き地を憩いの場にする取組
  - 土手のそばに芝生とベンチを置くという市の計画
  - 河川敷をみんなの居場所にする
  - 川のほとりでゆっくりできるようにする市の新しい計画
  - かわのそばに やすめる ばしょを つくる けいかく
  - 水際の草地を整えて人が集まれるようにする
related: [city_vision]
facets:
  overview: [{{fact: みずべ広場プランは、河川敷に休める場所をつくる計画です。, paragraph: 1}}]
  purpose: [{{fact: 川の近くで、だれもがくつろげるようにすることを目指します。, paragraph: 1}}]
  background: [{{fact: 川の近くに休める場所が少ないという声がありました。, paragraph: 1}}]
  schedule: [{{fact: 令和3年10月（2021年10月）に始まります。, paragraph: 1}}]
  partners: [{{fact: 地元の商店会と力を合わせて進めます。, paragraph: 1}}]
  target: [{{fact: 川に来るすべての人のための場所です。, paragraph: 1}}]
  achievements: [{{fact: これまでに、ためしの広場を二つつくりました。, paragraph: 1}}]
  participation: [{{fact: 市民は、広場の手入れに参加できます。, paragraph: 1}}]
"""
ASKED = {
    "みずべ広場プランって何ですか": "overview",
    "水辺の広場は何のためにつくるんですか": "purpose",
    "みずべ広場プランができたきっかけは": "background",
    "みずべひろばは いつ はじまりますか": "schedule",
    "ミズベ広場 一緒にやるのは誰": "partners",
    "水辺広場プランは誰のためのものですか": "target",
    "みずべ広場の今までの成果を知りたい": "achievements",
    "みずべ広場プランに参加するにはどうすればいい": "participation",
    "多摩川みずべ広場プランの予算はいくら": "budget",
    "みずべ広場プランの担当課はどこですか": "contact",
    "多摩川みずべ広揚プランはいつから": "schedule",
    "川べりを憩いの場にする計画って、いつ始まるんですか": "schedule",
    "河川敷をみんなが休める場所にする話、誰と進めるの": "partners",
}
NOT_STATED = {"budget", "contact"}
AS_BEFORE = {"カーボンゼロチャレンジはいつ始まったの": ("carbon_zero", "schedule")}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The project's running parts with one more file of knowledge."""
    for name in ("actions", "bot", "data", "engine", "requirements"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, tmp_path)
    (tmp_path / "data/knowledge" / f"{NEW}.yml").write_text(FILE, encoding="utf-8")
    return tmp_path


@pytest.mark.slow
async def test_one_file_makes_the_bot_answer_all_that_it_states(copy: Path) -> None:
    wanted = {text: (NEW, facet) for text, facet in ASKED.items()} | AS_BEFORE
    cases = [Case("single", "new", (Turn(text, ("answer",)),)) for text in wanted]
    with served(root=copy) as url:
        said = [replies for (replies,) in await ask_all(url, cases)]
    told = {
        text: [(r.initiative, r.facet) for r in some]
        for text, some in zip(wanted, said, strict=True)
    }
    assert {text: pairs for text, pairs in told.items() if wanted[text] not in pairs} == {}
    outcomes = {r.facet: r.outcome for some in said for r in some}
    assert {facet for facet, outcome in outcomes.items() if outcome == "not_stated"} == NOT_STATED
