"""`python -m bench.scale streams|burst|failover|stored|operators|turns|initiatives`.

Results are kept as JSON under docs/scaling/, as they came out.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.scale.burst import burst
from bench.scale.failover import SHAPES, failover
from bench.scale.initiatives import initiatives
from bench.scale.operators import operators
from bench.scale.stored import stored
from bench.scale.streams import streams
from bench.scale.turns import turns
from bot.settings import ROOT

KEPT = ROOT / "docs" / "scaling"


def main() -> int:
    """Runs one of them."""
    options = _parser().parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what was started is stopped
    folder = Path(options.logs or tempfile.mkdtemp(prefix="scale-bench-"))
    folder.mkdir(parents=True, exist_ok=True)
    sys.stderr.write(f"logs: {folder}\n")
    if options.what == "streams":
        _keep("streams", asyncio.run(streams(folder, options.count)))
    if options.what == "burst":
        size = (options.messages, options.citizens, options.gateways)
        _keep("burst", asyncio.run(burst(folder, *size)))
    if options.what == "failover":
        found = asyncio.run(failover(folder, options.shape, options.replicas))
        _keep(f"failover-{options.shape}-{options.replicas}", found)
    if options.what == "stored":
        _keep("stored", asyncio.run(stored(folder, options.conversations, options.length)))
    if options.what == "turns":
        _keep("turns", asyncio.run(turns()))
    if options.what == "operators":
        _keep("operators", asyncio.run(operators(folder, options.counts)))
    if options.what == "initiatives":
        name = "-".join(["initiatives", *map(str, options.counts)])
        _keep(name, asyncio.run(initiatives(options.counts)))
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.scale", description=__doc__)
    parser.add_argument("--logs", help="folder for the processes' logs (default: a new one)")
    what = parser.add_subparsers(dest="what", required=True)
    many = what.add_parser("streams", help="what an open event stream costs")
    many.add_argument("--count", type=int, default=5000)
    wave = what.add_parser("burst", help="many messages within a second")
    wave.add_argument("--messages", type=int, default=500)
    wave.add_argument("--citizens", type=int, default=500)
    wave.add_argument("--gateways", type=int, default=1)
    fall = what.add_parser("failover", help="the primary of Redis is killed")
    fall.add_argument("--shape", choices=SHAPES, default="sentinel")
    fall.add_argument("--replicas", type=int, default=1, help="behind Sentinel")
    heap = what.add_parser("stored", help="a message among many conversations, in a long one")
    heap.add_argument("--conversations", type=int, default=100_000)
    heap.add_argument("--length", type=int, default=1000)
    what.add_parser("turns", help="what a turn of the real engine costs")
    desks = what.add_parser("operators", help="a message while desks are open")
    desks.add_argument("counts", type=int, nargs="*", default=[0, 10, 50])
    known = what.add_parser("initiatives", help="training and answers with made-up initiatives")
    known.add_argument("counts", type=int, nargs="*", default=[0, 100])
    return parser


def _keep(name: str, found: dict[str, Any]) -> None:
    machine = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
    machine["load_1_min"] = round(os.getloadavg()[0], 1)
    text = json.dumps({**machine, **found}, ensure_ascii=False, indent=2)
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{name}.json").write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    sys.exit(main())
