"""`python -m bench.line pace|storm`: measures the real gateway against the simulator.

Results are kept as JSON under docs/line/, as they came out.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
from pathlib import Path

from bench.kept import keep
from bench.line.pace import pace
from bench.line.stand import standing
from bench.line.storm import Size, storm
from bot.settings import ROOT

KEPT = ROOT / "docs" / "line"


def main() -> int:
    """Runs one of the two; 1 means that the storm found something wrong."""
    options = _parser().parse_args()
    folder = Path(options.logs or tempfile.mkdtemp(prefix="line-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    sys.stderr.write(f"logs: {folder}\n")
    with standing(folder) as stand:
        if options.what == "pace":
            found = asyncio.run(pace(stand, options.rate, options.seconds))
            keep(KEPT / "pace.json", found)
            return 0
        size = Size(
            options.webhooks,
            options.citizens,
            options.rate,
            options.kills,
            outage=options.outage,
        )
        result = asyncio.run(storm(stand, size))
    found = {
        **result.figures,
        "kills": size.kills,
        "outage_seconds": size.outage,
        "verdict": result.verdict.shown(),
    }
    keep(KEPT / "storm.json", found)
    return 0 if result.verdict.good else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.line", description=__doc__)
    parser.add_argument("--logs", help="folder for the processes' logs (default: a new one)")
    parser.add_argument("--rate", type=float, default=50, help="webhooks a second")
    what = parser.add_subparsers(dest="what", required=True)
    quick = what.add_parser("pace", help="how fast webhooks get their 200")
    quick.add_argument("--seconds", type=float, default=30)
    wild = what.add_parser("storm", help="whether each event is answered exactly once")
    wild.add_argument("--webhooks", type=int, default=Size.webhooks)
    wild.add_argument("--citizens", type=int, default=Size.citizens)
    wild.add_argument("--kills", type=int, default=Size.kills)
    wild.add_argument("--outage", type=float, default=Size.outage, help="seconds without engine")
    return parser


if __name__ == "__main__":
    sys.exit(main())
