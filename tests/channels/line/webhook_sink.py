"""A bot that only listens: reads webhooks with the SDK, and answers as it is told."""

from __future__ import annotations

import asyncio
import json
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from linebot.v3.webhook import WebhookParser
from sanic import Request, Sanic, empty

from tests.channels.line.simulated import SECRET
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from sanic import HTTPResponse


class Sink:
    """What arrived; `answers`: the statuses for the next webhooks, 200 when they run out."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.bodies: list[dict[str, Any]] = []
        self.answers: list[int] = []
        self._events: list[Any] = []
        self._arrived = asyncio.Condition()
        self._parser = WebhookParser(SECRET)

    async def receive(self, request: Request) -> HTTPResponse:
        body = request.body.decode()
        self._events += self._parser.parse(body, request.headers["x-line-signature"])
        self.bodies.append(json.loads(body))
        async with self._arrived:
            self._arrived.notify_all()
        return empty(self.answers.pop(0) if self.answers else 200)

    async def events(self, count: int) -> list[Any]:
        """All events so far, as soon as there are so many."""
        async with asyncio.timeout(20), self._arrived:
            await self._arrived.wait_for(lambda: len(self._events) >= count)
        assert len(self._events) == count
        return self._events


@asynccontextmanager
async def listening(path: str = "/webhook") -> AsyncIterator[Sink]:
    """Starts the bot that only listens."""
    port = free_port()
    sink = Sink(f"http://127.0.0.1:{port}{path}")
    Sanic.test_mode = True
    app: Sanic[Any, Any] = Sanic(f"sink_{port}", configure_logging=False)
    app.config.TOUCHUP = False
    app.add_route(sink.receive, path, methods=["POST"])
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    yield sink
    await server.close()
    for connection in server.connections:
        connection.abort()
