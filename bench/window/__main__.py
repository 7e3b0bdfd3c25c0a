"""`python -m bench.window`: measures the citizen's window in a browser; keeps docs/window.json.

About two minutes on an idle machine. Times are medians of `--runs` fresh browsers.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
from datetime import UTC, datetime
from typing import Any

from bench.window.measure import arrival, memory, sizes
from bench.window.stand import standing
from bot.settings import ROOT

KEPT = ROOT / "docs" / "window.json"


def main() -> int:
    """Measures, prints and keeps."""
    parser = argparse.ArgumentParser(prog="python -m bench.window", description=__doc__)
    parser.add_argument("--runs", type=int, default=5, help="browsers for each time")
    found = asyncio.run(_measured(parser.parse_args().runs))
    machine = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "cores": os.cpu_count(),
        "load_1_min": round(os.getloadavg()[0], 1),
    }
    text = json.dumps({**machine, **found}, ensure_ascii=False, indent=2)
    KEPT.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
    return 0


async def _measured(runs: int) -> dict[str, Any]:
    async with standing() as gateway:
        return {
            "runs": runs,
            "size": sizes(),
            "slow_phone_inline": await arrival(gateway, "/", runs),
            "slow_phone_panel": await arrival(gateway, "/policy", runs),
            "memory": await memory(gateway),
        }


if __name__ == "__main__":
    sys.exit(main())
