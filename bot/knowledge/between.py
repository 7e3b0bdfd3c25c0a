"""What no knowledge file shows by itself: IDs, relations and names against the other files."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.knowledge.schema import Initiative
    from bot.knowledge.yaml_file import YamlFile


@dataclass(frozen=True)
class Parsed:
    """A file that is right by itself."""

    file: Path
    yaml: YamlFile
    initiative: Initiative


def problems_between(parsed: list[Parsed], files: list[Path]) -> list[Problem]:
    """All such problems; `files` are also those that are wrong by themselves."""
    known = {one.initiative.id for one in parsed} | {file.stem for file in files}
    return [*_wrong_ids(parsed), *_unknown_relations(parsed, known), *_shared_names(parsed)]


def _wrong_ids(parsed: list[Parsed]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for one in parsed:
        name, line = one.initiative.id, one.yaml.line(("id",))
        if name != one.file.stem:
            text = f"id「{name}」がファイル名と違います。ファイル名は「{name}.yml」にしてください"
            yield Problem(one.file.name, line, text)
        if first.setdefault(name, one.file) is not one.file:
            text = f"id「{name}」は {first[name].name} でも使われています"
            yield Problem(one.file.name, line, text)


def _unknown_relations(parsed: list[Parsed], known: set[str]) -> Iterator[Problem]:
    for one in parsed:
        for number, name in enumerate(one.initiative.related):
            if name not in known:
                text = f"related の「{name}」という施策はありません"
                yield Problem(one.file.name, one.yaml.line(("related", number)), text)


def _shared_names(parsed: list[Parsed]) -> Iterator[Problem]:
    owner: dict[str, Parsed] = {}
    for one in parsed:
        for number, name in enumerate(one.initiative.names):
            other = owner.setdefault(unicodedata.normalize("NFKC", name).lower(), one)
            if other is not one:
                place = ("aliases", number - 1) if number else ("name",)
                text = f"「{name}」は {other.file.name} でも名前に使われています"
                yield Problem(one.file.name, one.yaml.line(place), text)
