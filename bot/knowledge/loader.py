"""Loads `data/knowledge/`, and says of each wrong file where it is wrong and why."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from pydantic import ValidationError

from bot.errors import BotError
from bot.knowledge.reasons import readable, reason
from bot.knowledge.schema import Facet, Fact, Initiative
from bot.knowledge.yaml_file import UnreadableFileError, YamlFile, read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

FOLDER = Path(__file__).parents[2] / "data" / "knowledge"


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where; `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """As one line for people."""
        return f"{self.file} {self.line}行目: {self.reason}"


class KnowledgeError(BotError):
    """The content cannot be used; `problems` has everything that is to be mended."""

    def __init__(self, problems: list[Problem]) -> None:
        """Takes all problems, in the order of files and lines."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


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

    @cached_property
    def ids(self) -> tuple[str, ...]:
        """All IDs, in order."""
        return tuple(self.initiatives)


@dataclass(frozen=True)
class _Parsed:
    file: Path
    yaml: YamlFile
    initiative: Initiative


def load_knowledge(folder: Path = FOLDER) -> Knowledge:
    """Loads all `*.yml` files of a folder.

    Raises:
        KnowledgeError: with every problem of every file.
    """
    parsed: list[_Parsed] = []
    problems = [
        Problem(file.name, 1, "ファイル名の終わりを「.yml」にしてください")
        for file in folder.glob("*.yaml")
    ]
    for file in sorted(folder.glob("*.yml")):
        try:
            parsed.append(_parse(file))
        except KnowledgeError as error:
            problems += error.problems
    problems += _between(parsed)
    if not parsed and not problems:
        problems.append(Problem(str(folder), 1, "施策のファイル(*.yml)が一つもありません"))
    if problems:
        raise KnowledgeError(sorted(problems))
    found = sorted((p.initiative for p in parsed), key=lambda one: (one.first_paragraph, one.id))
    return Knowledge(MappingProxyType({one.id: one for one in found}))


def _parse(file: Path) -> _Parsed:
    try:
        yaml = read_yaml(file)
    except UnreadableFileError as error:
        raise KnowledgeError([Problem(file.name, error.line, error.reason)]) from error
    if not isinstance(yaml.content, dict):
        raise KnowledgeError([Problem(file.name, 1, "「id: …」のような項目がありません")])
    try:
        return _Parsed(file, yaml, Initiative.model_validate(yaml.content))
    except ValidationError as error:
        found = {(yaml.line(readable(e["loc"])), reason(e)) for e in error.errors()}
        raise KnowledgeError([Problem(file.name, *place) for place in found]) from error


def _between(parsed: list[_Parsed]) -> list[Problem]:
    """What no file shows by itself: IDs, relations and names against the other files."""
    return [*_wrong_ids(parsed), *_unknown_relations(parsed), *_shared_names(parsed)]


def _wrong_ids(parsed: list[_Parsed]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for one in parsed:
        name, line = one.initiative.id, one.yaml.line(("id",))
        if name != one.file.stem:
            text = f"id「{name}」がファイル名と違います。ファイル名は「{name}.yml」にしてください"
            yield Problem(one.file.name, line, text)
        if first.setdefault(name, one.file) is not one.file:
            text = f"id「{name}」は {first[name].name} でも使われています"
            yield Problem(one.file.name, line, text)


def _unknown_relations(parsed: list[_Parsed]) -> Iterator[Problem]:
    known = {one.initiative.id for one in parsed} | {one.file.stem for one in parsed}
    for one in parsed:
        for number, name in enumerate(one.initiative.related):
            if name not in known:
                text = f"related の「{name}」という施策はありません"
                yield Problem(one.file.name, one.yaml.line(("related", number)), text)


def _shared_names(parsed: list[_Parsed]) -> Iterator[Problem]:
    owner: dict[str, _Parsed] = {}
    for one in parsed:
        for number, name in enumerate(one.initiative.names):
            other = owner.setdefault(unicodedata.normalize("NFKC", name).lower(), one)
            if other is not one:
                place = ("aliases", number - 1) if number else ("name",)
                text = f"「{name}」は {other.file.name} でも名前に使われています"
                yield Problem(one.file.name, one.yaml.line(place), text)
