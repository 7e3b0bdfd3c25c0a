"""Redis, a fast engine, the simulator and the gateway: real processes on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

import httpx
import psutil

from bot.adapters.redis.server import redis_server
from bot.channels.line.simulator.command import made_up_keys
from bot.settings import ROOT
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_START_SECONDS = 120


class Stand:
    """The processes; the gateway can be killed, and comes back as under its supervisor."""

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        """Starts everything; `stack` ends it."""
        self._folder = folder
        redis, engine, line, gateway = (free_port() for _ in range(4))
        self.simulator = f"http://127.0.0.1:{line}"
        self.gateway = f"http://127.0.0.1:{gateway}"
        self.redis_url = f"redis://127.0.0.1:{redis}/0"
        keys = made_up_keys(folder)
        self.privacy_key = keys["PRIVACY_KEY"]
        self._environment = {
            **os.environ,
            **keys,
            "BOT_ENV": "test",
            "BOT_VAR": str(folder),
            "BOT_PORT": str(gateway),
            "SIMULATOR_PORT": str(line),
            "LINE_API_BASE": self.simulator,
            "PUBLIC_URL": self.gateway,
            "REDIS_URL": self.redis_url,
            "ENGINE_URL": f"http://127.0.0.1:{engine}",
            "OPENING_HOURS": "00:00-24:00",
        }
        where = ["--bind", "127.0.0.1", "--port", str(redis), "--dir", str(folder)]
        safe = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
        self._redis = self._start(stack, "redis", [redis_server(), *where, *safe])
        self._engine = self._start(stack, "engine", _python("bench.line.engine", str(engine)))
        stack.callback(self._engine.send_signal, signal.SIGCONT)  # else it could not end
        self._start(stack, "simulator", _python("bot", "line", "simulator"))
        for port in (redis, engine, line):
            wait_for_port(port, _START_SECONDS)
        self._gateway = self._popen("gateway", _python("bot", "serve"))
        stack.callback(self._stop_gateway)
        self._wait_until_ready()

    def kill_gateway(self) -> None:
        """Kills it (-9), whatever it was doing, and starts it again at once."""
        self._gateway.send_signal(signal.SIGKILL)
        self._gateway.wait()
        self._gateway = self._popen("gateway", _python("bot", "serve"))

    def stop_engine(self, *, stopped: bool) -> None:
        """Lets the engine hang, as if its machine were frozen, or go on again."""
        self._engine.send_signal(signal.SIGSTOP if stopped else signal.SIGCONT)

    def cpu_seconds(self) -> dict[str, float]:
        """What gateway and Redis have computed so far, whatever else the machine is busy with."""
        processes = {"gateway": self._gateway, "redis": self._redis}
        spent = {name: psutil.Process(one.pid).cpu_times() for name, one in processes.items()}
        return {name: times.user + times.system for name, times in spent.items()}

    def add_operator(self, name: str, password: str) -> None:
        """Gives an operator an account."""
        subprocess.run(  # noqa: S603 - our own command
            _python("bot", "operators", "add", name),
            cwd=ROOT,
            env=self._environment,
            input=password,
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
        )

    def _start(
        self, stack: ExitStack, name: str, command: Sequence[str]
    ) -> subprocess.Popen[bytes]:
        process = self._popen(name, command)
        stack.callback(process.wait)
        stack.callback(process.terminate)
        return process

    def _popen(self, name: str, command: Sequence[str]) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own commands
                command, cwd=ROOT, env=self._environment, stdout=log, stderr=log
            )

    def _stop_gateway(self) -> None:
        self._gateway.terminate()
        self._gateway.wait()

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._gateway.poll() is None:
            try:
                if httpx.get(f"{self.gateway}/healthz", timeout=5).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.2)
        raise RuntimeError((self._folder / "gateway.log").read_text(errors="replace")[-3000:])


@contextmanager
def standing(folder: Path) -> Iterator[Stand]:
    """The processes for as long as the block lasts; their logs stay in the folder."""
    with ExitStack() as stack:
        yield Stand(folder, stack)


def _python(module: str, *arguments: str) -> list[str]:
    return [sys.executable, "-m", module, *arguments]
