from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.__main__ import main
from tests.knowledge.test_loader import good, put

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_counts_what_is_right(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good(tmp_path, "park")
    assert main([str(tmp_path)]) == 0
    assert capsys.readouterr().out == "1施策、1件の内容を確かめました。問題はありません。\n"


def test_lists_what_is_wrong(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(tmp_path, "park.yml", "id: park\nnmae: 公園")
    assert main([str(tmp_path)]) == 1
    assert capsys.readouterr().err.splitlines() == [
        "park.yml 1行目: 「facets」がありません。書き足してください",
        "park.yml 1行目: 「name」がありません。書き足してください",
        "park.yml 2行目: 「nmae」という項目は使えません。つづりを確かめてください",
        "直すところが3件あります。",
    ]
