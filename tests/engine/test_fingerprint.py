from pathlib import Path

import pytest

from engine.fingerprint import content_hash


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.yml").write_text("one")
    (tmp_path / "config.yml").write_text("two")
    return tmp_path


def _hash(tree: Path) -> str:
    return content_hash(tree, [Path("config.yml"), Path("data"), Path("missing")])


def test_same_contents_same_hash_wherever_they_lie(
    tree: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = tmp_path_factory.mktemp("other")
    (other / "data").mkdir()
    (other / "data" / "a.yml").write_text("one")
    (other / "config.yml").write_text("two")
    assert _hash(tree) == _hash(other)


def test_each_change_changes_it(tree: Path) -> None:
    seen = {_hash(tree)}
    (tree / "data" / "a.yml").write_text("One")
    seen.add(_hash(tree))
    (tree / "data" / "a.yml").rename(tree / "data" / "b.yml")
    seen.add(_hash(tree))
    (tree / "data" / "c.yml").write_text("")
    seen.add(_hash(tree))
    assert len(seen) == 4


def test_other_files_do_not_count(tree: Path) -> None:
    before = _hash(tree)
    (tree / "data" / "notes.txt").write_text("x")
    assert _hash(tree) == before
