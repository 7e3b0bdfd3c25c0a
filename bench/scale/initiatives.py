"""How training, latency and understanding grow with the number of initiatives."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil

from bench.scale import made_up
from bench.understanding.served import ENGINE_PYTHON, served
from bench.understanding.sets import ROOT
from bot.adapters.rasa import RasaEngine

_NEW_QUESTIONS = 200
_OLD_QUESTIONS = 120


async def initiatives(counts: list[int]) -> dict[str, Any]:
    """Trains and asks the project with so many made-up initiatives beside its own."""
    return {str(count): await _one(count) for count in counts}


async def _one(count: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="initiatives-") as folder:
        root = _copy(Path(folder), count)
        trained = _train(root)
        asked = [*made_up.questions(count, _NEW_QUESTIONS), *old_questions()]
        began = time.monotonic()
        with served(root=root) as url:
            started = time.monotonic() - began
            engine = RasaEngine([url])
            took, right = [], []
            for number, (text, initiative, facet) in enumerate(asked):
                at = time.monotonic()
                replies = await engine.reply(f"c{number}", "1-0", text, None)
                took.append(time.monotonic() - at)
                told = {(r.draft.initiative, r.draft.facet) for r in replies}
                right.append((initiative, facet) in told)
            await engine.close()
            resident = _engine_mib(url)
    new = len(asked) - _OLD_QUESTIONS
    return {
        "initiatives": count + len(list((ROOT / "data/knowledge").glob("*.yml"))),
        **trained,
        "start_s": round(started, 1),
        "resident_mib": resident,
        "median_ms": round(sorted(took)[len(took) // 2] * 1000, 1),
        "right_of_made_up_percent": round(100 * sum(right[:new]) / new, 1) if new else None,
        "right_of_the_citys_percent": round(100 * sum(right[new:]) / _OLD_QUESTIONS, 1),
        "asked": len(asked),
    }


def _copy(folder: Path, count: int) -> Path:
    for name in ("actions", "bot", "data", "engine", "requirements"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("config.yml", "credentials.yml", "domain.yml", "endpoints.yml"):
        shutil.copy(ROOT / name, folder)
    made_up.write(folder / "data/knowledge", count)
    return folder


def _train(root: Path) -> dict[str, float]:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    subprocess.run([ENGINE_PYTHON, "-m", "engine.model"], cwd=root, env=environment, check=True)  # noqa: S603 - our own command
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {"training_s": round(time.monotonic() - began), "training_cpu_s": round(used)}


def old_questions() -> list[tuple[str, str, str]]:
    """Questions on the city's own initiatives, from the development set."""
    lines = (ROOT / "tests/understanding/single.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [json.loads(line) for line in lines]
    one_answer = [
        (case["text"], case["initiative"], case["facet"])
        for case in cases
        if isinstance(case.get("initiative"), str) and isinstance(case.get("facet"), str)
    ]
    return one_answer[:: len(one_answer) // _OLD_QUESTIONS][:_OLD_QUESTIONS]


def _engine_mib(url: str) -> int:
    port = int(url.rpartition(":")[2])
    for process in psutil.process_iter(["cmdline"]):
        words = process.info["cmdline"] or []
        if "run" in words and str(port) in words:
            return round(process.memory_info().rss / 2**20)
    raise RuntimeError("the engine's process was not found")
