"""`python -m bench.speed`: ours and stock Rasa side by side, in the same run, in turn.

`--quick` is for trying it: few messages, one round, a stock Rasa trained on short lines alone.
`--only` measures one part anew, in which stock Rasa has none.
`--stock FOLDER` keeps stock Rasa's project there, and takes it if it was trained before.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import subprocess
import time
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench.speed.ours import Ours
from bench.speed.report import goals, machine, told
from bench.speed.rounds import (
    QUICK,
    WHOLE,
    Bounds,
    all_rounds,
    long_ones,
    replicas,
    say,
    whole_product,
)
from bench.speed.stock_rasa import StockRasa, trained
from bench.understanding.served import ENGINE_PYTHON, end_in_order
from bot.settings import ROOT

_ALONE = {"product": whole_product, "replicas": replicas}
KEPT = ROOT / "docs/performance/bench.json"


def main() -> None:
    """Measures, prints, and keeps the figures unless it was only tried."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--stock", type=Path, help="folder of stock Rasa's project")
    parser.add_argument("--keep", type=Path, default=KEPT, help="file for the figures")
    parser.add_argument("--only", choices=_ALONE, help="this anew, the rest as it was kept")
    asked = parser.parse_args()
    end_in_order()
    bounds = QUICK if asked.quick else WHOLE
    if asked.only:
        kept = json.loads(asked.keep.read_text("utf-8"))
        found = {**kept, asked.only: asyncio.run(_ALONE[asked.only](bounds))}
        found["goals"] = goals(found)
    else:
        with TemporaryDirectory() as fresh:
            found = _measured(asked.stock or Path(fresh), bounds)
    say(told(found))
    if not asked.quick or asked.keep != KEPT:
        asked.keep.parent.mkdir(parents=True, exist_ok=True)
        asked.keep.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def _measured(folder: Path, bounds: Bounds) -> dict[str, Any]:
    say("training ours")
    trainings = [_train_ours() for _ in range(bounds.rounds)]
    say(f"training stock Rasa, {bounds.epochs} epoch(s)")
    stock = trained(folder, bounds.epochs, bounds.longest)
    systems = (partial(StockRasa, folder), Ours)
    found = {
        "machine": machine(),
        "bounds": asdict(bounds),
        "training": {
            "ours": sorted(trainings)[len(trainings) // 2],
            "stock": stock.whole,
            "stock_measured": asdict(stock),
        },
        "rounds": asyncio.run(all_rounds(systems, bounds)),
        "long": asyncio.run(long_ones(systems, bounds)),
        "product": asyncio.run(whole_product(bounds)),
        "replicas": asyncio.run(replicas(bounds)),
    }
    return {**found, "goals": goals(found)}


def _train_ours() -> float:
    """Seconds, from nothing to the model's file."""
    with TemporaryDirectory() as folder:
        began = time.perf_counter()
        command = [ENGINE_PYTHON, "-m", "bench.speed.train_ours", folder]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)  # noqa: S603 - our own command
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
