"""`make run`: starts everything under a supervisor, says what is happening, and how to get in."""

from __future__ import annotations

import asyncio
import fcntl
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import httpx
from redis.exceptions import RedisError

from bot.adapters.redis import keys
from bot.adapters.redis.operators import RedisOperators
from bot.adapters.redis.server import redis_server
from bot.channels.line.command import set_up_account
from bot.channels.line.simulator import command as simulator
from bot.core import connect
from bot.desk.accounts import OperatorRole, new_account
from bot.errors import LineError, SettingsError
from bot.settings import ROOT, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType
    from typing import IO

    from bot.settings import Settings

FIRST_REDIS_PORT = 6390
PATIENCE_SECONDS = 180
"""The engine's start takes some ten seconds; a loaded machine gets more."""


def run(settings: Settings) -> int:
    """Starts all processes and stays until Ctrl-C; returns the exit status."""
    var = settings.bot_var
    for folder in (var / "log", var / "redis"):
        folder.mkdir(parents=True, exist_ok=True)
    with (var / "run.lock").open("w") as lock:
        _lock(lock)
        _check_ports(settings)
        environment = _environment(settings)
        return _Run(read_settings(environment), environment).until_stopped()


class _Run:
    """The supervisor as a child process, and the wait until all it runs is ready."""

    def __init__(self, settings: Settings, environment: dict[str, str]) -> None:
        self._settings = settings
        self._began = time.monotonic()
        for number in (signal.SIGTERM, signal.SIGINT):  # a shell's background jobs ignore SIGINT
            signal.signal(number, _interrupt)
        with (settings.bot_var / "log" / "supervisord.err").open("w") as errors:
            self._supervisor = subprocess.Popen(  # noqa: S603 - our own supervisor, our own file
                [
                    *(sys.executable, "-m", "supervisor.supervisord"),
                    *("-c", str(ROOT / "supervisord.conf")),
                ],
                cwd=ROOT,
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,  # Ctrl-C reaches us alone, and we stop it in order
            )

    def until_stopped(self) -> int:
        try:
            self._wait_until_ready()
            return self._supervisor.wait()
        except KeyboardInterrupt:
            _say("stopping …")
            return 0
        except (TimeoutError, LineError) as error:
            _say(f"✗ {error}")
            return 1
        finally:
            self._supervisor.terminate()
            self._supervisor.wait()

    def _wait_until_ready(self) -> None:
        settings = self._settings
        line_url = settings.actions_url.rsplit("/", 1)[0]
        self._wait("Redis", "redis", lambda: _redis_answers(settings))
        password = asyncio.run(_first_login(settings))
        self._wait("actions", "actions", lambda: _answers(f"{line_url}/health"))
        health = [f"{url}/webhooks/gateway/health" for url in settings.engine_urls]
        self._wait("engine", "engine", lambda: all(map(_answers, health)))
        base = f"http://localhost:{settings.bot_port}"
        self._wait("gateway", "gateway", lambda: _answers(f"{base}/readyz"))
        if settings.simulator_port:
            phones = f"http://127.0.0.1:{settings.simulator_port}/simulator/phones"
            self._wait("LINE simulator", "simulator", lambda: _answers(phones))
            asyncio.run(set_up_account(settings))
        _say(f"\ncitizen page  {base}/\ndesk          {base}/desk")
        if settings.simulator_port:
            _say(f"LINE, to try  {base}/simulator   (no LINE keys are set: a stand-in runs)")
        if settings.line_on and _part(f"{base}/readyz", "line") == "refused":
            _say("✗ LINE does not take LINE_CHANNEL_ACCESS_TOKEN; all but LINE runs")
        if password:
            _say(f"first login   admin / {password}   (shown this once; change it with")
            _say("              .venv/bin/python -m bot operators add admin --role supervisor)")
        _say(f"Ctrl-C stops everything; logs are under {settings.bot_var / 'log'}.")

    def _wait(self, what: str, log: str, ready: Callable[[], bool]) -> None:
        """Waits for one process, and says every ten seconds that it still does."""
        told = time.monotonic()
        while not ready():
            if self._supervisor.poll() is not None:
                raise TimeoutError("the supervisor ended; see supervisord.err among the logs")
            if time.monotonic() - self._began > PATIENCE_SECONDS:
                raise TimeoutError(f"{what} does not answer; the end of its log:\n{self._end(log)}")
            if time.monotonic() - told > 10:  # noqa: PLR2004 - as the docstring says
                told = time.monotonic()
                _say(f"  still waiting for {what}: {told - self._began:.0f} s")
            time.sleep(0.2)
        _say(f"✓ {what} ready ({time.monotonic() - self._began:.0f} s)")

    def _end(self, log: str) -> str:
        path = self._settings.bot_var / "log" / f"{log}.log"
        lines = path.read_text(errors="replace").splitlines() if path.exists() else []
        return "\n".join(lines[-25:])


def _environment(settings: Settings) -> dict[str, str]:
    """What the processes get: our own environment and what was found out."""
    embedded = not os.environ.get("REDIS_URL")
    port = _free_port(FIRST_REDIS_PORT) if embedded else 0
    redis_url = f"redis://127.0.0.1:{port}/0" if embedded else os.environ["REDIS_URL"]
    simulated = simulator.wanted(settings, os.environ)
    line_port = settings.simulator_port or _free_port(simulator.FIRST_PORT)
    return {
        **os.environ,
        "BOT_VAR": str(settings.bot_var),
        "EMBEDDED_REDIS": str(embedded).lower(),
        "REDIS_SERVER": redis_server() if embedded else "none",
        "REDIS_PORT": str(port),
        "REDIS_URL": redis_url,
        "ENGINE_URL": settings.engine_url,
        "ACTIONS_URL": settings.actions_url,
        "RASA_TELEMETRY_ENABLED": "false",
        "PYTHONUNBUFFERED": "1",
        "LINE_SIMULATOR": str(simulated).lower(),
        **(simulator.environment(settings, line_port) if simulated else {"SIMULATOR_PORT": ""}),
    }


async def _first_login(settings: Settings) -> str | None:
    """Creates the first supervisor if there is no operator yet; returns the password."""
    redis = connect(settings)
    operators = RedisOperators(redis)
    try:
        if await operators.any():
            return None
        password = secrets.token_urlsafe(12)
        await operators.add(new_account("admin", OperatorRole.SUPERVISOR, password))
        return password
    finally:
        await redis.aclose()


def _check_ports(settings: Settings) -> None:
    places = {
        "BOT_PORT": (settings.bot_host, settings.bot_port),
        "ENGINE_URL": _address(settings.engine_urls[0]),
        "ACTIONS_URL": _address(settings.actions_url),
    }
    for name, (host, port) in places.items():
        if not _is_free(host, port):
            raise SettingsError(f"{name}: port {port} is in use; set {name} to another one")


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return parts.hostname or "127.0.0.1", parts.port or 80


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _free_port(first: int) -> int:
    return next(port for port in range(first, first + 1000) if _is_free("127.0.0.1", port))


def _lock(file: IO[str]) -> None:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        raise SettingsError("BOT_VAR: it already runs on this folder (run.lock is held)") from error


def _redis_answers(settings: Settings) -> bool:
    async def ask() -> bool:
        redis = connect(settings)
        try:
            await redis.exists(keys.EVENTS)
        except (RedisError, OSError):
            return False
        finally:
            await redis.aclose()
        return True

    return asyncio.run(ask())


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=5).is_success
    except httpx.HTTPError:
        return False


def _part(url: str, name: str) -> object:
    """What `/readyz` says of one part."""
    try:
        return httpx.get(url, timeout=15).json().get(name)
    except (httpx.HTTPError, ValueError):
        return None


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
