"""Checks all plain Japanese: each fact's, and that of the bot's other texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.plain import PlainJapanese, differing_figures
from bot.knowledge.plain_rules import load_rules
from bot.knowledge.problems import Problem
from bot.knowledge.yaml_file import read_yaml
from bot.wording import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bot.knowledge.loader import Knowledge
    from bot.knowledge.schema import Fact
    from bot.wording import Wording

_MISSING = "「easy」がありません。同じことを、やさしい日本語で書き足してください"


def problems_of_facts(knowledge: Knowledge, folder: Path) -> Iterator[Problem]:
    """What is wrong with the plain forms of the facts in a folder."""
    plain = PlainJapanese(load_rules(), knowledge.names.values())
    for one in knowledge.initiatives.values():
        file = folder / f"{one.id}.yml"
        yaml = read_yaml(file)
        for facet, facts in one.facets.items():
            for number, fact in enumerate(facts):
                line = yaml.line(("facets", str(facet), number, "easy"))
                for reason in _faults(fact, plain):
                    yield Problem(file.name, line, reason)


def _faults(fact: Fact, plain: PlainJapanese) -> Iterator[str]:
    if fact.easy is None:
        yield _MISSING
        return
    yield from plain.faults(fact.easy)
    differing = differing_figures(fact.fact, fact.easy)
    if differing:
        yield differing


def problems_of_replies(wording: Wording, knowledge: Knowledge) -> Iterator[Problem]:
    """What is wrong with `data/replies_easy.yml`."""
    plain = PlainJapanese(load_rules(), knowledge.names.values())
    file = DATA / "replies_easy.yml"
    yaml = read_yaml(file)
    for key, text in wording.easy.items():
        differing = differing_figures(wording[key], text)
        for reason in [*plain.faults(text), *([differing] if differing else [])]:
            yield Problem(file.name, yaml.line((key,)), reason)
