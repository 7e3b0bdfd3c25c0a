"""Several gateways and engines over one Redis, as real processes on loopback."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import httpx

from bot.settings import ROOT
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from pathlib import Path

_START_SECONDS = 60


class City:
    """Its processes; `stop` ends them."""

    def __init__(
        self,
        folder: Path,
        redis_url: str,
        *,
        gateways: int = 2,
        engines: int = 2,
        turn_ms: float = 14,
        **environ: str,
    ) -> None:
        self._folder = folder
        self._processes: list[subprocess.Popen[bytes]] = []
        engine_ports = [free_port() for _ in range(engines)]
        self.engines = [
            self._start(f"engine-{port}", "tests.system.fake_engine", str(port), str(turn_ms))
            for port in engine_ports
        ]
        for port in engine_ports:
            wait_for_port(port, _START_SECONDS)
        self._environment = {
            **os.environ,
            "BOT_ENV": "test",
            "BOT_VAR": str(folder),
            "REDIS_URL": redis_url,
            "ENGINE_URL": ",".join(f"http://127.0.0.1:{port}" for port in engine_ports),
            "OPENING_HOURS": "00:00-24:00",
            **environ,
        }
        self.bases = []
        self.gateways = [self._gateway() for _ in range(gateways)]
        for base in self.bases:
            self._wait(base)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._processes:
            process.terminate()
        for process in self._processes:
            process.wait()

    def _gateway(self) -> subprocess.Popen[bytes]:
        port = free_port()
        self.bases.append(f"http://127.0.0.1:{port}")
        environment = {**self._environment, "BOT_PORT": str(port)}
        return self._start(f"gateway-{port}", "bot", "serve", environment=environment)

    def _start(
        self, name: str, *module: str, environment: dict[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        with (self._folder / f"{name}.log").open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own commands
                [sys.executable, "-m", *module], cwd=ROOT, env=environment, stdout=log, stderr=log
            )
        self._processes.append(process)
        return process

    def _wait(self, base: str) -> None:
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end:
            try:
                if httpx.get(f"{base}/healthz", timeout=5).is_success:
                    return
            except httpx.HTTPError:
                time.sleep(0.1)
        raise AssertionError(f"{base} does not answer; see {self._folder}")
