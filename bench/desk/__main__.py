"""`python -m bench.desk lists|live`: measures the desk on a real gateway with a full store.

Results are kept as JSON under docs/desk/, as they came out.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.desk.lists import lists
from bench.desk.live import Size, live
from bench.desk.stored import store
from bench.kept import keep
from bench.line.stand import standing
from bot.settings import ROOT

KEPT = ROOT / "docs" / "desk"


def main() -> None:
    """Runs one of the two."""
    options = _parser().parse_args()
    folder = Path(options.logs or tempfile.mkdtemp(prefix="desk-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    sys.stderr.write(f"logs: {folder}\n")
    found: dict[str, Any]
    with standing(folder) as stand:
        asyncio.run(store(stand.redis_url, options.stored))
        if options.what == "lists":
            found = asyncio.run(lists(stand, options.times))
        else:
            size = Size(options.citizens, options.operators, options.rate, options.seconds)
            found = {**asdict(size), **asyncio.run(live(stand, size))}
    keep(KEPT / f"{options.what}.json", {"stored": options.stored, **found})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.desk", description=__doc__)
    parser.add_argument("--logs", help="folder for the processes' logs (default: a new one)")
    parser.add_argument("--stored", type=int, default=10_000, help="conversations of before")
    what = parser.add_subparsers(dest="what", required=True)
    quick = what.add_parser("lists", help="how quickly a list is answered")
    quick.add_argument("--times", type=int, default=300)
    busy = what.add_parser("live", help="from a citizen's message to the operators' screens")
    busy.add_argument("--citizens", type=int, default=Size.citizens)
    busy.add_argument("--operators", type=int, default=Size.operators)
    busy.add_argument("--rate", type=float, default=Size.rate, help="messages a second")
    busy.add_argument("--seconds", type=float, default=Size.seconds)
    return parser


if __name__ == "__main__":
    main()
