"""`python -m bench.understanding.stock FOLDER EPOCHS LONGEST`: trains stock Rasa and asks it.

Runs in the engine's environment; what was said goes into `said.json` in the folder.
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from rasa.core.agent import load_agent

from bench.understanding.sets import FACTUAL, ROOT, Case, Reply, read_sets
from bench.understanding.stock_project import SEPARATOR, write_project

if TYPE_CHECKING:
    from rasa.core.agent import Agent

_RASA = (sys.executable, "-W", "ignore", "-m", "rasa")
"""As it is, without our replacements (engine/lean)."""
_MODEL = "stock.tar.gz"
_ANSWER, _NOT_STATED = FACTUAL
_OUTCOMES = {
    **dict.fromkeys(("greeting", "thanks", "goodbye", "bot_challenge", "chitchat"), "smalltalk"),
    **dict.fromkeys(("affirm", "deny"), "smalltalk"),
    **dict.fromkeys(("ordinal_choice", "repair", "personal_data"), "clarify"),
    "nlu_fallback": "suggest",
}
"""What a stock bot can say to these intents; the others are named like their outcome."""


def main(folder: Path, epochs: int, longest: int) -> None:
    """Trains if there is no model in the folder, then asks."""
    if not (folder / "models" / _MODEL).exists():
        write_project(folder, epochs, longest)
        _train(folder)
    said = asyncio.run(_ask_all(folder / "models" / _MODEL, read_sets()))
    (folder / "said.json").write_text(json.dumps(said, ensure_ascii=False), encoding="utf-8")


def _train(folder: Path) -> None:
    command = [*_RASA, "train", "--out", "models", "--fixed-model-name", _MODEL]
    command += ["--data", "data.yml", "--skip-validation"]
    quiet = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    subprocess.run(command, cwd=folder, env=quiet, check=True)  # noqa: S603 - our own command


async def _ask_all(model: Path, cases: list[Case]) -> list[list[list[dict[str, str | None]]]]:
    agent = await load_agent(str(model))
    stated = _stated()
    said = []
    for at, case in enumerate(cases):
        turns = [await _ask(agent, f"case-{at}", turn.text, stated) for turn in case.turns]
        said.append([[asdict(reply) for reply in turn] for turn in turns])
    return said


async def _ask(agent: Agent, sender: str, text: str, stated: set[tuple[str, str]]) -> list[Reply]:
    # An empty answer is no mistake of this harness: TED may choose to say nothing.
    replies = await agent.handle_text(text.lstrip("/"), sender_id=sender) or []
    return [_reply(str(one.get("text")), stated) for one in replies] or [Reply("nothing")]


def _reply(told: str, stated: set[tuple[str, str]]) -> Reply:
    """What an utterance stands for: it is named like an intent, or initiative and facet."""
    initiative, separator, facet = told.partition(SEPARATOR)
    if not separator:
        return Reply(_OUTCOMES.get(told, told))
    outcome = _ANSWER if (initiative, facet) in stated else _NOT_STATED
    return Reply(outcome, initiative, facet)


def _stated() -> set[tuple[str, str]]:
    """What the address states, from the knowledge."""
    files = sorted((ROOT / "data/knowledge").glob("*.yml"))
    contents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
    return {(one["id"], facet) for one in contents for facet in one["facets"]}


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:4]))
