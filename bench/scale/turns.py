"""What a turn of the real engine and its actions costs."""

from __future__ import annotations

import time
from typing import Any

import psutil

from bench.scale.initiatives import old_questions
from bench.understanding.served import served
from bot.adapters.rasa import RasaEngine

_SIGNS = {"engine": ".venv-engine", "actions": "-m actions", "redis": "redis"}


async def turns() -> dict[str, Any]:
    """CPU of engine and actions for each question of a set, one after the other."""
    asked = old_questions()
    with served() as url:
        engine = RasaEngine([url])
        await _ask(engine, asked[:20], "warm")
        before, began = _cpu(), time.monotonic()
        await _ask(engine, asked, "counted")
        took, after = time.monotonic() - began, _cpu()
        await engine.close()
    return {
        "turns": len(asked),
        "ms_per_turn": round(took * 1000 / len(asked), 1),
        "cpu_ms_per_turn": {
            name: round((after[name] - before[name]) * 1000 / len(asked), 1) for name in after
        },
    }


async def _ask(engine: RasaEngine, asked: list[tuple[str, str, str]], name: str) -> None:
    for number, (text, _, _) in enumerate(asked):
        await engine.reply(f"{name}-{number}", "1-0", text, None)


def _cpu() -> dict[str, float]:
    """Seconds that each of our children has used, by what it is."""
    found = {"engine": 0.0, "actions": 0.0, "redis": 0.0}
    for process in psutil.Process().children(recursive=True):
        command = " ".join(process.cmdline())
        for name, sign in _SIGNS.items():
            if sign in command:
                times = process.cpu_times()
                found[name] += times.user + times.system
                break
    return found
