"""What understanding needs of `data/knowledge`: how people name and describe each initiative.

Facts are not read here; the actions look them up (docs/architecture.md has the format).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from pathlib import Path


FACETS = (
    "overview",
    "purpose",
    "background",
    "schedule",
    "partners",
    "target",
    "achievements",
    "participation",
    "budget",
    "contact",
)
"""What can be asked of an initiative."""


class KnowledgeError(Exception):
    """A knowledge file cannot be used; the message names the file and the reason."""


@dataclass(frozen=True)
class Initiative:
    """One initiative as people speak of it."""

    id: str
    names: tuple[str, ...]
    """The official name first, then the aliases."""
    descriptions: tuple[str, ...]
    """How people describe it without its name."""


def read_knowledge(folder: Path) -> list[Initiative]:
    """Reads all initiatives, in the order of their files.

    Raises:
        KnowledgeError: if there is no file, or one is not as the architecture says.
    """
    files = sorted(folder.glob("*.yml"))
    if not files:
        raise KnowledgeError(f"{folder}: no initiative (*.yml) in this folder")
    return [_read(file) for file in files]


def _read(file: Path) -> Initiative:
    try:
        content = yaml.safe_load(file.read_text(encoding="utf-8"))
        aliases, descriptions = content.get("aliases") or [], content.get("descriptions") or []
        return Initiative(
            id=str(content["id"]),
            names=tuple(map(str, [content["name"], *aliases])),
            descriptions=tuple(map(str, descriptions)),
        )
    except (yaml.YAMLError, AttributeError, KeyError, TypeError) as error:
        raise KnowledgeError(f"{file}: {type(error).__name__}: {error}") from error
