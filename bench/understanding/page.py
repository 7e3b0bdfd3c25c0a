"""`python -m bench.understanding.page`: puts the kept figures into `docs/understanding.md`.

What stands between two marks is written anew; the words around them are people's.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from bench.understanding.keeping import KEPT, kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

PAGE = KEPT.parent / "understanding.md"
_KINDS = ("single", "dialogue", "trap")


def main() -> None:
    """Writes every table whose figures there are."""
    text = PAGE.read_text(encoding="utf-8")
    for name, table in TABLES.items():
        mark = re.compile(rf"(<!-- {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = mark.sub(rf"\1{_escaped(table())}\2", text)
    PAGE.write_text(text, encoding="utf-8")


def _escaped(lines: list[str]) -> str:
    return "".join(line.replace("\\", r"\\") + "\n" for line in lines)


def overall() -> list[str]:
    """The bot, the bot without each part, and stock Rasa."""
    bot, without, stock = kept("bot"), kept("without") or {}, kept("stock")
    rows = [("the bot", bot), *((f"without {part}", found) for part, found in without.items())]
    head = ["", *_KINDS, "facts of the wrong initiative"]
    named = [*rows, ("stock Rasa", stock)]
    return _table(head, [[name, *_accuracies(found)] for name, found in named if found])


def groups(kind: str) -> list[str]:
    """Accuracy of one kind by style, outcome, initiative and facet."""
    bot = kept("bot") or {"by": {}}
    parts = bot["by"].get(kind, {}).items()
    rows = [
        [group, name, _share(counted)] for group, some in parts for name, counted in some.items()
    ]
    return _table(["by", "", kind], rows)


def held_back() -> list[str]:
    """The heads in cross-validation."""
    head = ["head", "lines", "right", "in two guesses", "mean of labels", "calibration error"]
    heads = (kept("cross_validation") or {}).items()
    rows = [
        [
            name,
            f"{one['lines']:,}",
            *(_percent(one[share]) for share in ("right", "in_two", "labels")),
            f"{one['error']:.3f}",
        ]
        for name, one in heads
    ]
    return _table(head, rows)


def curve() -> list[str]:
    """The heads on the single questions against the amount of data."""
    points = (kept("curve") or {"curve": []})["curve"]
    rows = [
        [_percent(one["part"]), f"{one['lines']:,}", _percent(one["topic"]), _percent(one["facet"])]
        for one in points
    ]
    return _table(["part of data/nlu", "lines", "topic", "facet"], rows)


def missed() -> list[str]:
    """Every miss in one line."""
    return [
        f"- {one['kind']}, {one['style']}: {_before(one)}「{one['text']}」 — wanted "
        f"{_wanted(one['wanted'])}; said {'; '.join(map(_told, one['said']))}"
        for one in (kept("bot") or {"misses": []})["misses"]
    ]


TABLES: dict[str, Callable[[], list[str]]] = {
    "overall": overall,
    "single": lambda: groups("single"),
    "dialogue": lambda: groups("dialogue"),
    "trap": lambda: groups("trap"),
    "cross-validation": held_back,
    "curve": curve,
    "misses": missed,
}


def _accuracies(found: dict[str, Any]) -> list[str]:
    shares = [_share(found["accuracy"][kind]) for kind in _KINDS if kind in found["accuracy"]]
    return [*shares, str(sum(found["wrong_facts"].values()))]


def _share(counted: list[int]) -> str:
    right, of = counted
    return f"{right / of:.1%} ({right}/{of})"


def _percent(share: float) -> str:
    return f"{share:.1%}"


def _before(miss: dict[str, Any]) -> str:
    return f"「{miss['before'][-1]}」 → " if miss["before"] else ""


def _wanted(turn: dict[str, Any]) -> str:
    named = "/".join(turn["initiatives"]) or "+".join(turn["each"])
    facets = "/".join(turn["facets"]) or "+".join(turn["each_facet"])
    return " ".join(filter(None, ["/".join(turn["outcomes"]), named, facets]))


def _told(reply: dict[str, Any]) -> str:
    return " ".join(filter(None, [reply["outcome"], reply["initiative"], reply["facet"]]))


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    cells = [head, ["---"] * len(head), *rows]
    return [f"| {' | '.join(row)} |" for row in cells]


if __name__ == "__main__":
    main()
