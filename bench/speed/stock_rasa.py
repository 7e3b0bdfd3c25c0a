"""Stock Rasa on our data: its Japanese pipeline, its Redis stores, its REST channel, actions."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import yaml

from bench.speed.systems import Answer, System
from bench.understanding.served import ENGINE_PYTHON
from bench.understanding.stock_project import write_project
from bot.settings import ROOT
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from pathlib import Path

    import aiohttp

    from bench.speed.processes import Processes

RASA = (ENGINE_PYTHON, "-W", "ignore", "-m", "rasa")
_QUIET = {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "2"}
_MODEL = "models/stock.tar.gz"
_DEFAULT_EPOCHS = 100
"""What `rasa init` writes for DIET and TED."""
_EPOCHS = re.compile(r"Epochs: 100%.*?\| (\d+)/\1 \[([\d:]+)<")


@dataclass(frozen=True)
class Training:
    """What a bounded training took, and what the whole would have."""

    seconds: float
    epochs: int
    epoch_seconds: float
    """Of DIET and TED together."""

    @property
    def whole(self) -> float:
        """Seconds with the default number of epochs, if each takes as long as those measured."""
        return self.seconds + (_DEFAULT_EPOCHS - self.epochs) * self.epoch_seconds


def trained(folder: Path, epochs: int, longest: int) -> Training:
    """Trains, unless the folder has a project trained with the same bounds; what that took."""
    kept = folder / "training.json"
    bounds = {"epochs": epochs, "longest": longest}
    if kept.exists():
        told = json.loads(kept.read_text("utf-8"))
        if told["bounds"] == bounds:
            return Training(**told["training"])
    training = train(folder, epochs, longest)
    kept.write_text(json.dumps({"bounds": bounds, "training": asdict(training)}), "utf-8")
    return training


def train(folder: Path, epochs: int, longest: int) -> Training:
    """Trains a stock project in a folder.

    Args:
        folder: Where to; whatever was there is trained again.
        epochs: Of DIET and TED each.
        longest: Characters; longer lines are left out.
    """
    folder.mkdir(parents=True, exist_ok=True)
    write_project(folder, epochs, longest)
    _with_default_batches(folder / "config.yml")
    _with_actions(folder)
    command = [*RASA, "train", "--out", "models", "--fixed-model-name", "stock.tar.gz"]
    command += ["--data", "data.yml", "--skip-validation", "--force"]
    began = time.perf_counter()
    with (folder / "train.log").open("wb") as log:
        environment = {**os.environ, **_QUIET}
        subprocess.run(command, cwd=folder, env=environment, stdout=log, stderr=log, check=True)  # noqa: S603 - our own command
    seconds = time.perf_counter() - began
    return Training(seconds, epochs, epoch_seconds((folder / "train.log").read_text("utf-8")))


class StockRasa(System):
    """A trained stock project, served."""

    name = "stock"

    def __init__(self, folder: Path) -> None:
        """Takes the folder with the trained project."""
        self._folder = folder

    def start(self, processes: Processes) -> None:
        """Starts Redis, the actions and Rasa."""
        actions = free_port()
        command = [sys.executable, "-m", "bench.speed.stock_actions", str(actions)]
        processes.start([*command, str(self._folder.resolve() / "domain.yml")], ROOT, {})
        wait_for_port(actions)
        redis = urlsplit(processes.redis())
        where = {"url": redis.hostname, "port": redis.port, "db": 0}
        endpoints: dict[str, Any] = {"tracker_store": {"type": "redis", **where}}
        endpoints["action_endpoint"] = {"url": f"http://127.0.0.1:{actions}/webhook"}
        endpoints["lock_store"] = {"type": "redis", **where}
        (self._folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), "utf-8")
        (self._folder / "credentials.yml").write_text("rest:\n", "utf-8")
        port = free_port()
        self._url = f"http://127.0.0.1:{port}"
        rasa = [*RASA, "run", "--interface", "127.0.0.1", "--port", str(port)]
        rasa += ["--model", _MODEL, "--endpoints", "endpoints.yml"]
        rasa += ["--credentials", "credentials.yml"]
        ready = f"{self._url}/webhooks/rest/"
        self.engine = processes.start_until(ready, rasa, self._folder, _QUIET)
        self.serving = processes.all

    async def ask(self, client: aiohttp.ClientSession, conversation: str, text: str) -> Answer:
        """One message by the REST channel."""
        return await self._say(client, conversation, text.lstrip("/"))

    async def begin_session(self, client: aiohttp.ClientSession, conversation: str) -> None:
        """By Rasa's own intent for it."""
        await self._say(client, conversation, "/session_start")

    async def _say(self, client: aiohttp.ClientSession, conversation: str, text: str) -> Answer:
        body: dict[str, Any] = {"sender": conversation, "message": text}
        async with client.post(f"{self._url}/webhooks/rest/webhook", json=body) as got:
            return Answer(got.ok, len(await got.json()))


def _with_actions(folder: Path) -> None:
    """Lets the bot say each reply by an action (bench.speed.stock_actions)."""
    for name in ("domain", "data"):
        file = folder / f"{name}.yml"
        file.write_text(file.read_text("utf-8").replace("utter_", "action_say_"), "utf-8")
    domain = yaml.safe_load((folder / "domain.yml").read_text("utf-8"))
    domain["actions"] = list(domain.pop("responses"))
    text = yaml.safe_dump(domain, allow_unicode=True, sort_keys=False)
    (folder / "domain.yml").write_text(text, "utf-8")


def _with_default_batches(config: Path) -> None:
    """Without the small batches which the bench of understanding gets more out of few epochs by."""
    content = yaml.safe_load(config.read_text(encoding="utf-8"))
    for component in content["pipeline"]:
        component.pop("batch_size", None)
    config.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False), "utf-8")


def epoch_seconds(log: str) -> float:
    """What an epoch took, of each component that has epochs, from its last progress bar."""
    parts = log.split("Finished training component")
    last = [bars[-1] for bars in map(_EPOCHS.findall, parts) if bars]
    return sum(_seconds(clock) / int(epochs) for epochs, clock in last)


def _seconds(clock: str) -> int:
    seconds = 0
    for part in clock.split(":"):
        seconds = seconds * 60 + int(part)
    return seconds
