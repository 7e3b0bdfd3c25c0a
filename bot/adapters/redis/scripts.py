"""Loads the Lua scripts."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from redis.asyncio import Redis
    from redis.commands.core import AsyncScript

_FOLDER = Path(__file__).parent / "lua"


def script(redis: Redis, name: str) -> AsyncScript:
    """The script `lua/<name>.lua`, ready to be called."""
    return redis.register_script((_FOLDER / f"{name}.lua").read_text(encoding="utf-8"))
