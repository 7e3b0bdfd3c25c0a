import os
import subprocess
import sys
from pathlib import Path

import pytest

from engine import model


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with a project in it, of which no model can be trained."""
    (tmp_path / "config.yml").write_text("recipe: default.v1\n")
    (tmp_path / "models").mkdir()
    return tmp_path


def _touch(path: Path, seconds: int) -> Path:
    path.write_text("model")
    os.utime(path, (seconds, seconds))
    return path


def test_the_name_follows_the_data(project: Path) -> None:
    before = model.model_path(project)
    (project / "config.yml").write_text("recipe: default.v1 \n")
    assert model.model_path(project) != before


def test_a_mended_fact_needs_no_training_and_a_new_name_does(project: Path) -> None:
    (project / "data" / "knowledge").mkdir(parents=True)
    park = project / "data" / "knowledge" / "park.yml"
    park.write_text("id: park\nname: 公園\nfacets: {overview: [{fact: 広い。, paragraph: 1}]}\n")
    before = model.model_path(project)
    park.write_text(
        "id: park\nname: 公園\nfacets: {overview: [{fact: 広いです。, easy: 広い, paragraph: 1}]}\n"
    )
    assert model.model_path(project) == before
    park.write_text("id: park\nname: 公園\naliases: [広場]\n")
    assert model.model_path(project) != before


def test_knowledge_that_cannot_be_read_is_no_other_knowledge(project: Path) -> None:
    (project / "data" / "knowledge").mkdir(parents=True)
    park = project / "data" / "knowledge" / "park.yml"
    seen = set()
    for content in ("id: [", "id: {", "id: park\nname: 公園\n"):
        park.write_text(content)
        seen.add(model.model_path(project))
    assert len(seen) == 3


def test_a_model_that_is_there_is_taken_without_rasa(project: Path) -> None:
    there = _touch(model.model_path(project), 1)
    code = (
        "import sys; from pathlib import Path; from engine.model import ready_model\n"
        f"print(ready_model(Path({str(project)!r})))\n"
        "assert not {'rasa', 'sklearn', 'numpy'} & set(sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == str(there)


def test_all_but_the_two_newest_models_go(project: Path) -> None:
    models = [_touch(project / "models" / f"{at}.tar.gz", at) for at in range(1, 5)]
    model._remove_old(models[-1])
    assert [path.exists() for path in models] == [False, False, True, True]


def test_a_failed_training_says_why_and_leaves_nothing(project: Path) -> None:
    (project / "config.yml").write_text("recipe: default.v1\n")
    with pytest.raises(model.TrainingError, match="missing mandatory parameters"):
        model.ready_model(project)
    assert [path.name for path in (project / "models").iterdir()] == ["lock"]


def test_leftovers_of_a_killed_training_are_cleared_away(project: Path) -> None:
    (project / "models" / "training-x").mkdir()
    with model._alone(project / "models"):
        assert not (project / "models" / "training-x").exists()
