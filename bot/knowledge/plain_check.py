"""Checks all plain Japanese: each fact's, and that of the bot's other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.plain import differing_figures
from bot.knowledge.problems import Problem
from bot.knowledge.yaml_file import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.knowledge.loader import Knowledge
    from bot.knowledge.plain import PlainJapanese
    from bot.wording import Wording

_MISSING = "「easy」がありません。同じことを、やさしい日本語で書き足してください"


def problems_of_facts(knowledge: Knowledge, folder: Path, plain: PlainJapanese) -> list[Problem]:
    """What is wrong with the plain forms of the facts in a folder."""
    problems = []
    for one in knowledge.initiatives.values():
        file = folder / f"{one.id}.yml"
        yaml = read_yaml(file)
        for facet, facts in one.facets.items():
            for number, fact in enumerate(facts):
                line = yaml.line(("facets", str(facet), number, "easy"))
                reasons = _reasons(fact.fact, fact.easy, plain) if fact.easy else [_MISSING]
                problems += [Problem(file.name, line, reason) for reason in reasons]
    return problems


def problems_of_replies(wording: Wording, file: Path, plain: PlainJapanese) -> list[Problem]:
    """What is wrong with the file of plain replies."""
    yaml = read_yaml(file)
    return [
        Problem(file.name, yaml.line((key,)), reason)
        for key, easy in wording.easy.items()
        for reason in _reasons(wording[key], easy, plain)
    ]


def _reasons(text: str, easy: str, plain: PlainJapanese) -> Iterator[str]:
    yield from plain.faults(easy)
    differing = differing_figures(text, easy)
    if differing:
        yield differing
