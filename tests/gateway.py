"""A whole gateway in the test's own process, over a real Redis and the fake engine."""

from __future__ import annotations

import json
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import httpx
from sanic import Sanic

from bot.app import create_app
from bot.bootstrap import Services, build
from bot.settings import read_settings
from tests.fakes import FakeEngine, FakeLine
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@dataclass
class Gateway:
    services: Services
    engine: FakeEngine
    http: httpx.AsyncClient
    browsers: AsyncExitStack

    async def browser(self) -> httpx.AsyncClient:
        """Another browser, with cookies of its own."""
        client = httpx.AsyncClient(base_url=self.http.base_url, timeout=20)
        return await self.browsers.enter_async_context(client)

    async def citizen(self) -> Citizen:
        created = (await self.http.post("/api/conversations")).json()
        return Citizen(self.http, created["conversation_id"], created["token"])


@dataclass
class Citizen:
    http: httpx.AsyncClient
    id: str
    token: str
    sent: int = 0

    @property
    def headers(self) -> dict[str, str]:
        return {"authorization": f"Bearer {self.token}"}

    def url(self, rest: str) -> str:
        return f"/api/conversations/{self.id}/{rest}"

    async def post(self, **body: Any) -> httpx.Response:
        self.sent += 1
        body = {"client_message_id": f"client-{self.sent}", **body}
        content = json.dumps(body)  # pure ASCII, so that a test can send a lone surrogate too
        return await self.http.post(self.url("messages"), content=content, headers=self.headers)

    async def read(self, after: str = "") -> dict[str, Any]:
        query = f"messages?after={after}" if after else "messages"
        answer: dict[str, Any] = (await self.http.get(self.url(query), headers=self.headers)).json()
        return answer

    async def ask(self, text: str) -> list[dict[str, Any]]:
        """Says something and waits for the last message of the bot's turn."""
        message_id = (await self.post(text=text)).json()["message_id"]
        replies = []
        async for kind, data in self.events(message_id):
            if kind == "message" and data.get("in_reply_to") == message_id:
                replies.append(data)
                if data.get("final"):
                    return replies
        raise AssertionError("the stream ended")

    async def events(self, after: str = "") -> AsyncIterator[tuple[str, Any]]:
        headers = {**self.headers, "last-event-id": after} if after else self.headers
        async with self.http.stream("GET", self.url("events"), headers=headers) as response:
            assert response.headers["content-type"].startswith("text/event-stream")
            async for event in parse_events(response):
                yield event


async def parse_events(response: httpx.Response) -> AsyncIterator[tuple[str, Any]]:
    """Server-sent events as (kind, data); heartbeats and retry hints are left out."""
    kind = ""
    async for line in response.aiter_lines():
        if line.startswith("event: "):
            kind = line.removeprefix("event: ")
        elif line.startswith("data: "):
            yield kind, json.loads(line.removeprefix("data: "))


@asynccontextmanager
async def running(
    redis_url: str, line: FakeLine | None = None, **environ: str
) -> AsyncIterator[Gateway]:
    """Starts a gateway on a free port, and stops it."""
    settings = read_settings({"REDIS_URL": redis_url, "BOT_ENV": "test", **environ})
    engine = FakeEngine()
    services = build(settings, engine, line)
    Sanic.test_mode = True
    app = create_app(services, f"gateway_{free_port()}")
    port = free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    base = f"http://127.0.0.1:{port}"
    async with AsyncExitStack() as browsers:
        http = await browsers.enter_async_context(httpx.AsyncClient(base_url=base, timeout=20))
        yield Gateway(services, engine, http, browsers)
    await server.before_stop()
    await server.close()
    for connection in server.connections:
        connection.abort()
    await server.after_stop()
