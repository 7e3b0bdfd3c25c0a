from pathlib import Path

import pytest

from engine.knowledge import KnowledgeError, read_knowledge


def test_names_begin_with_the_official_one(knowledge: Path) -> None:
    carbon_zero, sdgs, _ = read_knowledge(knowledge)
    assert carbon_zero.id == "carbon_zero"
    assert carbon_zero.names[0] == "かわさきカーボンゼロチャレンジ2050"
    assert carbon_zero.descriptions == ("市のCO2を減らす計画", "温暖化を止める取組")
    assert sdgs.descriptions == ()


@pytest.mark.parametrize("content", ["id: x\n", "- a list\n", "id: [\n", ""])
def test_a_wrong_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "bad.yml").write_text(content, encoding="utf-8")
    with pytest.raises(KnowledgeError, match=r"bad\.yml"):
        read_knowledge(tmp_path)


def test_no_file_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError):
        read_knowledge(tmp_path)
