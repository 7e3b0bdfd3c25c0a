"""HTTP as bare as can be: on two cores a comfortable client would take what is to be measured."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit


@dataclass
class Answer:
    """What came back."""

    status: int
    head: bytes
    body: bytes

    @property
    def json(self) -> Any:  # noqa: ANN401 - any JSON
        """The body as JSON."""
        return json.loads(self.body)


class Wire:
    """One kept connection to a gateway; one request at a time."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Takes an open connection."""
        self.reader = reader
        self.writer = writer

    @classmethod
    async def to(cls, base: str) -> Wire:
        """Connects to an address such as http://127.0.0.1:8000."""
        parts = urlsplit(base)
        return cls(*await asyncio.open_connection(parts.hostname, parts.port))

    async def post(self, path: str, body: dict[str, Any] | None = None, token: str = "") -> Answer:
        """Sends JSON and reads the answer."""
        self.send("POST", path, json.dumps(body or {}).encode(), f"Authorization: Bearer {token}")
        return await self._answer()

    async def get(self, path: str, token: str = "") -> Answer:
        """Reads something."""
        self.send("GET", path, b"", f"Authorization: Bearer {token}")
        return await self._answer()

    def send(self, method: str, path: str, body: bytes, *headers: str) -> None:
        """Sends a request, with the headers that a browser would send."""
        lines = [
            f"{method} {path} HTTP/1.1",
            "Host: 127.0.0.1",
            "User-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
            "Accept: */*",
            *headers,
            f"Content-Length: {len(body)}",
        ]
        self.writer.write("\r\n".join(lines).encode() + b"\r\n\r\n" + body)

    def close(self) -> None:
        """Closes the connection at once."""
        self.writer.transport.abort()

    async def _answer(self) -> Answer:
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = 0
        for line in head.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return Answer(int(head.split()[1]), head, await self.reader.readexactly(length))


async def begun(base: str, count: int, at_once: int = 20) -> list[tuple[str, str]]:
    """New conversations: their IDs and tokens."""

    async def some(share: int) -> list[tuple[str, str]]:
        wire = await Wire.to(base)
        found = []
        for _ in range(share):
            created = (await wire.post("/api/conversations")).json
            found.append((created["conversation_id"], created["token"]))
        wire.close()
        return found

    shares = [count // at_once + (n < count % at_once) for n in range(at_once)]
    return [one for each in await asyncio.gather(*map(some, shares)) for one in each]
