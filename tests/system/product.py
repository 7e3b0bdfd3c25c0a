"""The product as `make run` starts it, on free ports and a folder of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING

import psutil

from bot.settings import ROOT
from tests.ports import free_port

if TYPE_CHECKING:
    from pathlib import Path

START_SECONDS = 240
_PROGRAMS = {
    "redis": r"redis-server|valkey-server",
    "engine": r"rasa run|-m engine|-m rasa",
    "actions": r"-m actions",
    "gateway": r"-m bot serve",
}


class Product:
    """Redis, engine, actions and gateway under the supervisor; killed parts come back."""

    def __init__(self, folder: Path, **environ: str) -> None:
        self.port = free_port()
        self.base = f"http://localhost:{self.port}"
        self.password = ""
        self.engine_url = f"http://127.0.0.1:{free_port()}"
        self._lines: list[str] = []
        environment = {
            **os.environ,
            "BOT_VAR": str(folder),
            "BOT_ENV": "test",
            "BOT_PORT": str(self.port),
            "ENGINE_URL": self.engine_url,
            "ACTIONS_URL": f"http://127.0.0.1:{free_port()}/webhook",
            "RASA_TELEMETRY_ENABLED": "false",
            **environ,
        }
        environment.pop("REDIS_URL", None)
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._wait_until_ready()

    def pid(self, program: str) -> int:
        """The process of one program, waiting until the supervisor has (re)started it."""
        end = time.monotonic() + 60
        while time.monotonic() < end:
            for child in psutil.Process(self._process.pid).children(recursive=True):
                try:
                    command = " ".join(child.cmdline())
                except psutil.Error:
                    continue
                if re.search(_PROGRAMS[program], command) and "supervisord" not in command:
                    return int(child.pid)
            time.sleep(0.1)
        raise AssertionError(f"{program} does not run")

    def kill(self, program: str) -> None:
        """kill -9, in the middle of whatever it does."""
        os.kill(self.pid(program), signal.SIGKILL)

    def stop(self) -> None:
        """Ctrl-C; all processes end."""
        children = psutil.Process(self._process.pid).children(recursive=True)
        self._process.send_signal(signal.SIGINT)
        self._process.wait(timeout=60)
        _, alive = psutil.wait_procs(children, timeout=30)
        assert not alive
        self._reader.join(timeout=10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _read(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._lines.append(line)
            found = re.search(r"admin / (\S+)", line)
            if found:
                self.password = found[1]

    def _wait_until_ready(self) -> None:
        end = time.monotonic() + START_SECONDS
        while not any("Ctrl-C" in line for line in self._lines):
            if self._process.poll() is not None or time.monotonic() > end:
                self._process.kill()
                raise AssertionError("".join(self._lines))
            time.sleep(0.2)
