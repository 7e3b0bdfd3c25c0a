"""A gateway over an engine that echoes, and a Redis, for a browser to look at."""

from __future__ import annotations

import subprocess
import tempfile
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING

from bot.adapters.redis.server import redis_server
from tests.gateway import Gateway, running
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


@asynccontextmanager
async def standing() -> AsyncIterator[Gateway]:
    """Starts both; the engine's own time is measured elsewhere (bench/understanding)."""
    with _redis() as url:
        async with running(url) as gateway:
            yield gateway


@contextmanager
def _redis() -> Iterator[str]:
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="window-bench-") as folder:
        where = ["--bind", "127.0.0.1", "--port", str(port), "--dir", folder, "--save", ""]
        command = [redis_server(), *where]
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - our own Redis
        try:
            wait_for_port(port)
            yield f"redis://127.0.0.1:{port}/0"
        finally:
            process.terminate()
            process.wait()
