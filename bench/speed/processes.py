"""Servers on free ports of this machine, and what they use of it."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple, Self

import httpx
import psutil

from bot.adapters.redis.server import redis_server
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

_START_SECONDS = 900
_MEGABYTE = 1024 * 1024


class Started(NamedTuple):
    """A process that answers, and how long that took."""

    process: psutil.Popen
    seconds: float
    cpu_seconds: float


class Processes:
    """Starts processes, one folder of logs for all, and ends them in reverse order."""

    def __init__(self) -> None:
        """Nothing runs yet."""
        self._stack = ExitStack()
        self._running: list[psutil.Popen] = []

    def __enter__(self) -> Self:
        """Makes the folder."""
        self.folder = Path(self._stack.enter_context(TemporaryDirectory(prefix="speed-")))
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ends all processes, waits for them, and removes the folder."""
        for process in reversed(self._running):
            process.terminate()
            process.wait()
        self._stack.close()

    def start(
        self, command: Sequence[str], place: Path, environment: Mapping[str, str]
    ) -> psutil.Popen:
        """Starts a process; its log has its number."""
        with self.log(len(self._running)).open("wb") as log:
            process = psutil.Popen(
                command, cwd=place, env={**os.environ, **environment}, stdout=log, stderr=log
            )
        self._running.append(process)
        return process

    def start_until(
        self, url: str, command: Sequence[str], place: Path, environment: Mapping[str, str]
    ) -> Started:
        """Starts a process and waits until the address answers.

        Raises:
            RuntimeError: with the end of its log, if it ends or takes too long.
        """
        began = time.perf_counter()
        process = self.start(command, place, environment)
        while time.perf_counter() - began < _START_SECONDS and process.poll() is None:
            if _answers(url):
                return Started(process, time.perf_counter() - began, cpu_seconds([process]))
            time.sleep(0.05)
        raise RuntimeError(self.log(len(self._running) - 1).read_text(errors="replace")[-3000:])

    def redis(self) -> str:
        """The address of a Redis of its own, which syncs every write to the disk."""
        port = free_port()
        where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(self.folder)]
        written = ["--appendonly", "yes", "--appendfsync", "always", "--save", ""]
        self.start([redis_server(), *where, *written], self.folder, {})
        wait_for_port(port)
        return f"redis://127.0.0.1:{port}/0"

    def log(self, number: int) -> Path:
        """Where the process with this number writes."""
        return self.folder / f"{number}.log"

    @property
    def all(self) -> list[psutil.Popen]:
        """What runs, in the order in which it was started."""
        return list(self._running)


def cpu_seconds(processes: Sequence[psutil.Popen]) -> float:
    """Computing time that the processes have used so far, in user mode and in the kernel."""
    times = [process.cpu_times() for process in processes]
    return sum(time.user + time.system for time in times)


def resident_megabytes(process: psutil.Popen) -> float:
    """Resident memory, and that of any children."""
    family = [process, *process.children(recursive=True)]
    return float(sum(one.memory_info().rss for one in family) / _MEGABYTE)


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False
