"""One hash over the contents of files and folders."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_CODE = Path(__file__).parent


def content_hash(root: Path, paths: Iterable[Path], suffixes: tuple[str, ...] = (".yml",)) -> str:
    """The hash of all contents, in hexadecimal; it changes with any name or byte.

    Args:
        root: The folder from which the names count.
        paths: Files, and folders of which the files with one of the suffixes count, all below
            the root. What does not exist counts as empty.
        suffixes: Endings of the files that count in a folder.
    """
    digest = hashlib.sha256()
    for file in _files(root, paths, suffixes):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(root).as_posix()}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()


def component_hash(*folders: Path) -> str:
    """What a Rasa component depends on unseen: the engine's code and the folders that it reads.

    Rasa's training cache looks at a component's own class, configuration and inputs alone.
    """
    code = content_hash(_CODE, [Path()], (".py",))
    return "".join([code, *(content_hash(folder, [Path()]) for folder in folders)])


def _files(root: Path, paths: Iterable[Path], suffixes: tuple[str, ...]) -> Iterator[Path]:
    for path in (root / path for path in paths):
        if path.is_dir():
            yield from sorted(file for file in path.rglob("*") if file.suffix in suffixes)
        elif path.is_file():
            yield path
