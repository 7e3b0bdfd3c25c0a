"""The development sets under `tests/understanding`, and what counts as right in them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

ROOT = Path(__file__).parents[2]
SETS = ROOT / "tests/understanding"
KINDS = {"single": "single.jsonl", "dialogue": "dialogues.jsonl", "trap": "traps.jsonl"}
FACTUAL = ("answer", "not_stated")
"""Outcomes that speak of one initiative and facet."""


@dataclass(frozen=True)
class Reply:
    """One message of a bot, as far as it is judged."""

    outcome: str
    initiative: str | None = None
    facet: str | None = None
    text: str = ""


@dataclass(frozen=True)
class Turn:
    """What a citizen writes, and which replies are right."""

    text: str
    outcomes: tuple[str, ...]
    initiatives: tuple[str, ...] = ()
    """Any of them is right; with none, the initiative is not looked at."""
    each: tuple[str, ...] = ()
    """All of them have to be answered."""
    facets: tuple[str, ...] = ()
    """As `initiatives`."""
    each_facet: tuple[str, ...] = ()
    """All of them have to be answered."""

    def is_right(self, said: Iterable[Reply]) -> bool:
        """Whether the replies to this turn are what they should be."""
        said = list(said)
        fitting = [reply for reply in said if self._fits(reply)]
        if not set(FACTUAL) & set(self.outcomes) and any(r.outcome in FACTUAL for r in said):
            return False
        answered = {reply.initiative for reply in fitting} | {reply.facet for reply in fitting}
        return bool(fitting) and {*self.each, *self.each_facet} <= answered

    def tells_wrong_facts(self, said: Iterable[Reply]) -> bool:
        """Whether a fact is stated of an initiative that was not asked about: the worst case."""
        asked = {*self.initiatives, *self.each}
        if not asked and set(FACTUAL) & set(self.outcomes):
            return False
        return any(r.outcome == "answer" and r.initiative not in asked for r in said)

    def _fits(self, reply: Reply) -> bool:
        if reply.outcome not in self.outcomes:
            return False
        if reply.outcome not in FACTUAL:
            return True
        named = self.each or self.initiatives
        right_initiative = not named or reply.initiative in named
        asked = self.each_facet or self.facets
        return right_initiative and (not asked or reply.facet in asked)


@dataclass(frozen=True)
class Case:
    """A conversation of one turn or more."""

    kind: str
    style: str
    turns: tuple[Turn, ...]


def read_sets(folder: Path = SETS) -> list[Case]:
    """All cases of the sets that exist."""
    found = [(kind, folder / name) for kind, name in KINDS.items() if (folder / name).exists()]
    return [_case(kind, json.loads(line)) for kind, path in found for line in _lines(path)]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _case(kind: str, record: dict[str, Any]) -> Case:
    turns = record.get("turns") or [record]
    return Case(kind, record["style"], tuple(_turn(turn) for turn in turns))


def _turn(record: dict[str, Any]) -> Turn:
    return Turn(
        text=record["text"],
        outcomes=_several(record["outcome"]),
        initiatives=_several(record.get("initiative")),
        each=_several(record.get("initiatives")),
        facets=_several(record.get("facet")),
        each_facet=_several(record.get("facets")),
    )


def _several(value: str | list[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)
