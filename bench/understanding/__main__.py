"""`python -m bench.understanding`: asks the bot all development sets and says what it missed."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bench.understanding.asking import ask_all
from bench.understanding.counting import GROUPS, confusion, figures, judge, misses
from bench.understanding.keeping import keep
from bench.understanding.served import end_in_order, served
from bench.understanding.sets import read_sets

if TYPE_CHECKING:
    from typing import Any


def main() -> None:
    """Prints the figures and every miss, and keeps them in `docs/understanding/bot.json`."""
    end_in_order()
    cases = read_sets()
    with served() as url:
        turns = judge(cases, asyncio.run(ask_all(url, cases)))
    found = figures(turns)
    missed = list(misses(turns))
    _print(found, missed)
    keep(
        "bot",
        {
            **found,
            "confusion": {name: confusion(turns, name) for name in ("initiative", "facet")},
            "misses": missed,
        },
    )


def _print(found: dict[str, Any], missed: list[dict[str, Any]]) -> None:
    for miss in missed:
        before = " → ".join(miss["before"][-1:])
        _say(f"✗ {miss['kind']}/{miss['style']}: {before and before + ' → '}{miss['text']}")
        wanted = miss["wanted"]
        names = "|".join(wanted["initiatives"]) or "+".join(wanted["each"])
        facets = "|".join(wanted["facets"]) or "+".join(wanted["each_facet"])
        _say(f"    wanted {'|'.join(wanted['outcomes'])} {names} {facets}")
        for reply in miss["said"]:
            about = f"{reply['initiative'] or ''} {reply['facet'] or ''}"
            _say(f"    said   {reply['outcome']} {about}: {reply['text'][:60]!r}")
    for kind, (right, of) in found["accuracy"].items():
        _say(
            f"\n{kind}: {right} of {of} ({right / of:.1%}); "
            f"facts of the wrong initiative: {found['wrong_facts'][kind]}"
        )
        for group in GROUPS:
            parts = found["by"][kind][group].items()
            _say(f"  {group}: " + ", ".join(f"{name} {r}/{n}" for name, (r, n) in parts))


def _say(line: str) -> None:
    sys.stdout.write(line.rstrip() + "\n")


if __name__ == "__main__":
    main()
