"""`python -m bench.understanding.without_each [PART …]`: what each part of the bot is worth.

The bot without one part is trained anew where that is needed, and asked all development sets.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING

from bench.understanding.actions_without import WITHOUT as RULES
from bench.understanding.asking import ask_all
from bench.understanding.counting import figures, judge
from bench.understanding.keeping import keep, kept
from bench.understanding.served import ACTIONS, ENGINE, ENGINE_PYTHON, end_in_order, served
from bench.understanding.sets import read_sets

if TYPE_CHECKING:
    from collections.abc import Sequence

COMPONENTS = (
    *("masking", "readings", "names", "senses"),
    *("turning down", "pieces", "knowledge", "unknown words"),
)
"""As in `engine_without`, which only the engine's environment can import."""
_HERE = "bench.understanding"


def main(parts: list[str]) -> None:
    """Prints and keeps the figures; those of parts that are not named stay as they were."""
    end_in_order()
    cases = read_sets()
    for part in parts or [*COMPONENTS, *RULES]:
        with served(*_commands(part)) as url:
            said = asyncio.run(ask_all(url, cases))
        counted = figures(judge(cases, said))
        found = {name: counted[name] for name in ("accuracy", "wrong_facts")}
        keep("without", {**(kept("without") or {}), part: found})
        sys.stdout.write(f"without {part}: {found}\n")
        sys.stdout.flush()


def _commands(part: str) -> tuple[Sequence[str], Sequence[str]]:
    """Those of the engine and of the actions."""
    if part in COMPONENTS:
        return (ENGINE_PYTHON, "-m", f"{_HERE}.engine_without", part), ACTIONS
    return ENGINE, (sys.executable, "-m", f"{_HERE}.actions_without", part)


if __name__ == "__main__":
    main(sys.argv[1:])
