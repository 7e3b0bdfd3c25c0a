"""Loads `data/knowledge/`, and says of each wrong file where it is wrong and why."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.knowledge.between import Parsed, problems_between
from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.reasons import innermost, readable, reason
from bot.knowledge.schema import Facet, Fact, Initiative
from bot.knowledge.yaml_file import UnreadableFileError, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).parents[2] / "data" / "knowledge"


@dataclass(frozen=True)
class Knowledge:
    """All initiatives, in the order in which the address speaks of them."""

    initiatives: Mapping[str, Initiative]

    def __contains__(self, initiative: object) -> bool:
        """Whether there is an initiative of this ID."""
        return initiative in self.initiatives

    def __getitem__(self, initiative: str) -> Initiative:
        """The initiative of this ID."""
        return self.initiatives[initiative]

    def facts(self, initiative: str, facet: Facet) -> tuple[Fact, ...]:
        """What is stated of an initiative's facet; empty if nothing is."""
        return self.initiatives[initiative].facets.get(facet, ())

    def are_close(self, one: str, other: str) -> bool:
        """Whether two initiatives name each other as related."""
        return other in self[one].related and one in self[other].related

    @cached_property
    def names(self) -> dict[str, str]:
        """The official names by ID."""
        return {one: initiative.name for one, initiative in self.initiatives.items()}

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All IDs, in order."""
        return tuple(self.initiatives)


def load_knowledge(folder: Path = FOLDER) -> Knowledge:
    """Loads all `*.yml` files of a folder.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    parsed: list[Parsed] = []
    problems = [
        Problem(file.name, 1, "ファイル名の終わりを「.yml」にしてください")
        for file in folder.glob("*.yaml")
    ]
    files = sorted(folder.glob("*.yml"))
    for file in files:
        try:
            parsed.append(_parse(file))
        except KnowledgeError as error:
            problems += error.problems
    problems += problems_between(parsed, files)
    if not parsed and not problems:
        problems.append(Problem(str(folder), 1, "施策のファイル(*.yml)が一つもありません"))
    if problems:
        raise KnowledgeError(sorted(problems))
    found = sorted((p.initiative for p in parsed), key=lambda one: (one.first_paragraph, one.id))
    return Knowledge({one.id: one for one in found})


def _parse(file: Path) -> Parsed:
    try:
        yaml = read_yaml(file)
    except UnreadableFileError as error:
        raise KnowledgeError([Problem(file.name, error.line, error.reason)]) from error
    if not isinstance(yaml.content, dict):
        raise KnowledgeError([Problem(file.name, 1, "「id: …」のような項目がありません")])
    try:
        return Parsed(file, yaml, Initiative.model_validate(yaml.content))
    except ValidationError as error:
        found = {(yaml.line(readable(e["loc"])), reason(e)) for e in innermost(error.errors())}
        raise KnowledgeError([Problem(file.name, *place) for place in found]) from error
