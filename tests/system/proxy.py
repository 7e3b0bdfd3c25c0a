"""A network between browser and gateway that can fall silent, as a laptop's does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

_CHUNK = 65536


class Network:
    """While it is down nothing passes and nobody is told; afterwards old connections are dead."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._open: set[asyncio.StreamWriter] = set()
        self._up = asyncio.Event()
        self._up.set()
        self.base = ""

    def fall_silent(self) -> None:
        self._up.clear()

    def come_back(self) -> None:
        for writer in self._open:
            writer.transport.abort()
        self._up.set()

    async def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await self._up.wait()
        back, forth = await asyncio.open_connection("127.0.0.1", self._port)
        self._open |= {writer, forth}
        with suppress(OSError):  # one side has gone
            await asyncio.gather(self._pass(reader, forth), self._pass(back, writer))
        for each in (writer, forth):
            self._open.discard(each)
            each.transport.abort()

    async def _pass(self, source: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        while chunk := await source.read(_CHUNK):
            await self._up.wait()
            to.write(chunk)
            await to.drain()
        with suppress(OSError):
            to.write_eof()


@asynccontextmanager
async def network(port: int) -> AsyncIterator[Network]:
    """Leads to that port of this machine."""
    built = Network(port)
    server = await asyncio.start_server(built.accept, "127.0.0.1", 0)
    built.base = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield built
    built.come_back()
    server.close()
