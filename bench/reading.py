"""`python -m bench.reading`: what readings (ふりがな) cost, in disk, memory and time."""

from __future__ import annotations

import asyncio
import importlib.util
import statistics
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.loader import load_knowledge
from bot.reading.corrections import load_corrections
from bot.reading.readings import Readings

if TYPE_CHECKING:
    from collections.abc import Sequence


def main() -> None:
    """Prints the table."""
    asyncio.run(_measure())


async def _measure() -> None:
    facts = [
        fact.fact
        for one in load_knowledge().initiatives.values()
        for facts in one.facets.values()
        for fact in facts
    ]
    answers = ["\n".join(facts[start : start + 3]) for start in range(0, len(facts), 3)]
    readings = Readings(load_corrections())
    for package in ("sudachidict_core", "sudachipy"):
        _say(f"{package}: {_megabytes_on_disk(package):.0f} MB of disk")
    before = _resident("VmRSS"), _resident("RssAnon")
    began = time.perf_counter()
    await readings.of(["市"])
    _say(f"dictionary loaded and first text read: {time.perf_counter() - began:.3f} s")
    await _each("a fact", readings, facts)
    await _each("an answer of three facts", readings, answers)
    await _each("a text that was read before", readings, facts * 20)
    grown = _resident("VmRSS") - before[0], _resident("RssAnon") - before[1]
    _say(f"memory: {grown[0]:.0f} MB more, {grown[1]:.0f} MB of it not of the dictionary's file")
    readings.close()


async def _each(what: str, readings: Readings, texts: Sequence[str]) -> None:
    taken = []
    for text in texts:
        began = time.perf_counter()
        await readings.of([text])
        taken.append(1000 * (time.perf_counter() - began))
    worst = statistics.quantiles(taken, n=100)[98]
    _say(f"{what}: {statistics.median(taken):.2f} ms at the median, {worst:.2f} ms at the 99th")


def _megabytes_on_disk(package: str) -> float:
    found = importlib.util.find_spec(package)
    folder = Path(found.origin or "").parent if found else Path()
    return float(sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())) / 1e6


def _resident(kind: str) -> float:
    """Megabytes that the process holds, as Linux counts them."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    (line,) = (line for line in status.splitlines() if line.startswith(kind))
    return int(line.split()[1]) / 1000


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
