"""No other Rasa is served with what was written for this one."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

from engine.lean import versions
from tests.engine.serving import ROOT

if TYPE_CHECKING:
    from pathlib import Path


def test_the_pinned_rasa_is_the_known_one() -> None:
    versions.check()
    assert f"rasa=={versions.RASA}" in (ROOT / "requirements/engine.in").read_text()


def test_another_rasa_is_refused_before_it_is_imported(tmp_path: Path) -> None:
    (tmp_path / "rasa-3.7.0.dist-info").mkdir()
    (tmp_path / "rasa-3.7.0.dist-info" / "METADATA").write_text("Name: rasa\nVersion: 3.7.0\n")
    done = subprocess.run(
        [sys.executable, "-m", "engine.lean", "--version"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "3.7.0" in done.stderr
    assert versions.RASA in done.stderr
