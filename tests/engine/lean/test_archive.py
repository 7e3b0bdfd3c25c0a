"""Archives packed quickly are archives, and as safe to unpack as Rasa's."""

from __future__ import annotations

import io
import tarfile
from typing import TYPE_CHECKING

import pytest
from tarsafe import TarSafe, TarSafeException

from engine.lean.archive import QuickTar

if TYPE_CHECKING:
    from pathlib import Path


def test_what_was_packed_comes_back(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "head.json").write_text("川崎" * 1000)
    with QuickTar.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "in", arcname="")
    with TarSafe.open(tmp_path / "a.tar.gz", mode="r:gz") as archive:
        archive.extractall(tmp_path / "out")  # noqa: S202 - our own archive, read by TarSafe
    assert (tmp_path / "out" / "head.json").read_text() == "川崎" * 1000


def test_a_file_outside_the_folder_is_refused(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "bad.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("../outside"), io.BytesIO())
    with (
        QuickTar.open(tmp_path / "bad.tar.gz", "r:gz") as archive,
        pytest.raises(TarSafeException),
    ):
        archive.extractall(tmp_path / "out")  # noqa: S202 - that it is safe is shown here
