"""`python -m bot line simulator`, and the keys with which gateway and simulator meet."""

from __future__ import annotations

import json
import logging
import os
import secrets
import sys
from typing import TYPE_CHECKING

from bot.channels.line.simulator.app import create_simulator
from bot.channels.line.simulator.line import Keys
from bot.errors import SettingsError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.settings import Settings

HOST = "127.0.0.1"
FIRST_PORT = 8010
WEBHOOK_PATH = "/channels/line/webhook"
KEYS_FILE = "line-simulator.json"
_KEYS = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "PRIVACY_KEY")


def wanted(settings: Settings, environ: Mapping[str, str]) -> bool:
    """Whether `make run` offers the simulator: in development, as long as LINE has no keys."""
    return settings.bot_env == "development" and not any(environ.get(name) for name in _KEYS[:2])


def environment(settings: Settings, port: int) -> dict[str, str]:
    """What the gateway needs in its environment to take the simulator for LINE."""
    own = settings.privacy_key
    return {
        **made_up_keys(settings.bot_var),
        **({"PRIVACY_KEY": own.get_secret_value()} if own else {}),
        "LINE_API_BASE": f"http://{HOST}:{port}",
        "SIMULATOR_PORT": str(port),
        "PUBLIC_URL": settings.public_url or f"http://{HOST}:{settings.bot_port}",
    }


def made_up_keys(var: Path) -> dict[str, str]:
    """Keys like LINE's, the same ones at every start on the same folder."""
    file = var / KEYS_FILE
    if not file.exists():
        var.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps({name: secrets.token_hex(16) for name in _KEYS}))
        file.chmod(0o600)
    kept: dict[str, str] = json.loads(file.read_text())
    return kept


def serve(settings: Settings) -> int:
    """Runs the simulator until it is stopped.

    Raises:
        SettingsError: in production, where it does not exist.
    """
    if settings.production:
        raise SettingsError("BOT_ENV: there is no LINE simulator in production")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    port = settings.simulator_port or FIRST_PORT
    for_gateway = environment(settings, port)
    given = {name: os.environ.get(name) or for_gateway[name] for name in _KEYS}
    webhook = f"http://{HOST}:{settings.bot_port}{WEBHOOK_PATH}"
    keys = Keys(given[_KEYS[0]], given[_KEYS[1]], webhook)
    sys.stdout.write(
        f"phones    http://localhost:{port}/simulator/\n"
        f"webhooks  {webhook}\n"
        f"gateway   needs LINE_API_BASE={for_gateway['LINE_API_BASE']} and the same keys,\n"
        f"          from the environment or from {settings.bot_var / KEYS_FILE}\n"
    )
    sys.stdout.flush()
    create_simulator(keys).run(HOST, port, single_process=True)
    return 0
