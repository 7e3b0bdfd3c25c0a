"""Redis, actions and engine on free ports, as the product runs them, for as long as needed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from bench.understanding.sets import ROOT
from bot.adapters.redis.server import redis_server
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import FrameType

ENGINE_PYTHON = str(ROOT / ".venv-engine/bin/python")
ENGINE = (ENGINE_PYTHON, "-m", "engine")
ACTIONS = (sys.executable, "-m", "actions")
# An engine without one of its components is trained first, on a machine that others use.
_START_SECONDS = 900


def end_in_order() -> None:
    """Makes SIGTERM what Ctrl-C is, so that no process started here outlives this one."""
    signal.signal(signal.SIGTERM, _interrupt)


@contextmanager
def served(
    engine: Sequence[str] = ENGINE, actions: Sequence[str] = ACTIONS, root: Path = ROOT
) -> Iterator[str]:
    """The address of an engine; all processes end with the block.

    Args:
        engine: The engine's command, or that of one that lacks a component.
        actions: The actions' command, likewise.
        root: The project's folder, or that of a copy with other content.
    """
    redis, port, actions_port = free_port(), free_port(), free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "REDIS_URL": f"redis://127.0.0.1:{redis}/0",
        "ENGINE_URL": url,
        "ACTIONS_URL": f"http://127.0.0.1:{actions_port}/webhook",
    }
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        environment["EVALUATION_FOLDER"] = str(folder)
        where = ["--bind", "127.0.0.1", "--port", str(redis), "--dir", str(folder)]
        command = [redis_server(), *where, "--save", ""]
        stack.enter_context(_running(command, root, environment, folder / "redis.log"))
        stack.enter_context(_running(actions, root, environment, folder / "actions.log"))
        log = folder / "engine.log"
        process = stack.enter_context(_running(engine, root, environment, log))
        wait_for_port(redis)
        wait_for_port(actions_port)
        _wait(url, process, log)
        yield url


@contextmanager
def _running(
    command: Sequence[str], root: Path, environment: dict[str, str], log: Path
) -> Iterator[subprocess.Popen[bytes]]:
    with log.open("wb") as out:
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, cwd=root, env=environment, stdout=out, stderr=out
        )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Waits until the engine would answer.

    Raises:
        RuntimeError: with the end of its log, if it ends or takes too long.
    """
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            if httpx.get(f"{url}/webhooks/gateway/health", timeout=5).is_success:
                return
        except httpx.HTTPError:
            time.sleep(0.5)
    raise RuntimeError(log.read_text(errors="replace")[-3000:])
