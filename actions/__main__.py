"""`python -m actions`: serves the actions to the engine, on loopback, in one process."""

from __future__ import annotations

import ipaddress
import logging
import os
import sys
import warnings
from typing import Any
from urllib.parse import urlsplit

from rasa_sdk.endpoint import create_app  # type: ignore[import-untyped]
from rasa_sdk.executor import ActionExecutor  # type: ignore[import-untyped]
from sanic import Sanic

from bot.errors import BotError, SettingsError
from bot.settings import read_settings


def address(url: str) -> tuple[str, int]:
    """Host and port of the actions' address.

    Raises:
        SettingsError: if others than this machine could reach it; it knows no authentication.
    """
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host != "localhost" and not _is_loopback(host):
        raise SettingsError(f"ACTIONS_URL: {host} is no loopback address")
    return host, parts.port or 80


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def build() -> Sanic[Any, Any]:
    """The server with all actions registered; wrong content raises here."""
    executor = ActionExecutor()
    executor.register_package("actions")
    app: Sanic[Any, Any] = create_app(executor, cors_origins=[])
    return app


def main() -> int:
    """Serves until it is told to stop; 1 if content or settings are wrong."""
    # The pair was checked together (docs/architecture.md); one line a process says nothing new.
    warnings.filterwarnings("ignore", message="Your versions of rasa and rasa_sdk")
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    try:
        host, port = address(read_settings(os.environ).actions_url)
        app = build()
    except BotError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"actions: http://{host}:{port}\n")
    app.prepare(host=host, port=port, single_process=True, access_log=False, motd=False)
    Sanic.serve_single(primary=app)
    return 0


if __name__ == "__main__":
    sys.exit(main())
