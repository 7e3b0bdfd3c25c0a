"""How many turns are right, by kind, style, outcome, initiative and facet, and which are not."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bench.understanding.sets import FACTUAL, KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bench.understanding.sets import Case, Reply, Turn

GROUPS = ("style", "outcome", "initiative", "facet")
_NOT_SAID = {
    "clarify": "asked back",
    "suggest": "asked back",
    "out_of_scope": "turned away",
}
_ELSE = "other reply"


@dataclass(frozen=True)
class Judged:
    """A turn, where it stands, and what a bot said."""

    case: Case
    at: int
    said: list[Reply]

    @property
    def turn(self) -> Turn:
        """What was asked."""
        return self.case.turns[self.at]

    @property
    def right(self) -> bool:
        """Whether the reply is."""
        return self.turn.is_right(self.said)

    def group(self, name: str) -> str | None:
        """Where the turn is counted; of several right answers the first says where."""
        if name == "style":
            return self.case.style
        turn = self.turn
        named = {
            "outcome": turn.outcomes,
            "initiative": turn.initiatives or turn.each,
            "facet": turn.facets,
        }
        return next(iter(named[name]), None)


def judge(cases: Iterable[Case], said: Iterable[list[list[Reply]]]) -> list[Judged]:
    """Each turn of each case with what was said to it."""
    together = zip(cases, said, strict=True)
    return [Judged(case, at, one) for case, turns in together for at, one in enumerate(turns)]


def figures(turns: list[Judged]) -> dict[str, Any]:
    """All counts, as [right, turns]."""
    kinds = {kind: [one for one in turns if one.case.kind == kind] for kind in KINDS}
    found = {kind: some for kind, some in kinds.items() if some}
    return {
        "accuracy": {kind: count(some) for kind, some in found.items()},
        "wrong_facts": {
            kind: sum(one.turn.tells_wrong_facts(one.said) for one in some)
            for kind, some in found.items()
        },
        "by": {kind: {name: _by(name, some) for name in GROUPS} for kind, some in found.items()},
    }


def count(turns: list[Judged]) -> list[int]:
    """[right, turns]."""
    return [sum(one.right for one in turns), len(turns)]


def _by(name: str, turns: list[Judged]) -> dict[str, list[int]]:
    parts: dict[str, list[Judged]] = defaultdict(list)
    for one in turns:
        label = one.group(name)
        if label:
            parts[label].append(one)
    return {label: count(parts[label]) for label in sorted(parts)}


def misses(turns: list[Judged]) -> Iterator[dict[str, Any]]:
    """What went wrong, with what the citizen had written before."""
    for one in turns:
        if not one.right:
            yield {
                "kind": one.case.kind,
                "style": one.case.style,
                "before": [turn.text for turn in one.case.turns[: one.at]],
                "text": one.turn.text,
                "wanted": asdict(one.turn),
                "said": [asdict(reply) for reply in one.said],
            }


def confusion(turns: list[Judged], name: str) -> dict[str, Any]:
    """What was answered (columns) where what was asked (rows): {"rows", "columns", "counts"}."""
    pairs = [(one.group(name), _got(one, name)) for one in turns if _is_told(one, name)]
    rows = sorted({str(asked) for asked, _ in pairs})
    columns = [*rows, *sorted({got for _, got in pairs} - set(rows))]
    counts = [[pairs.count((row, column)) for column in columns] for row in rows]
    return {"rows": rows, "columns": columns, "counts": counts}


def _is_told(one: Judged, name: str) -> bool:
    """Whether one fact of one known initiative was asked for."""
    factual = one.turn.outcomes[0] in FACTUAL and not one.turn.each
    return factual and one.group(name) is not None


def _got(one: Judged, name: str) -> str:
    """What was answered; a right one counts for what was asked, if several are right."""
    if one.right and any(reply.outcome in FACTUAL for reply in one.said):
        return str(one.group(name))
    told = [reply for reply in one.said if reply.outcome in FACTUAL]
    if told:
        return str(getattr(told[0], name))
    return _NOT_SAID.get(one.said[-1].outcome, _ELSE)
