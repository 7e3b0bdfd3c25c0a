"""The simulator in the test's own process, and what a test does with it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import httpx
from sanic import Sanic

from bot.channels.line.simulator.app import create_simulator
from bot.channels.line.simulator.line import Keys
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "simulated-access-token"


class Simulator:
    """A client of the simulator's pages and control."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http
        self.base = str(http.base_url).rstrip("/")

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/simulator/{path}")
        assert answer.is_success, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> Any:
        answer = await self.http.post(f"/simulator/{path}", json=body)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def citizen(self, *, follows: bool = True) -> str:
        """A citizen's phone, a friend of the account already."""
        phone = await self.post("phones", name="川崎さん")
        if follows:
            await self.act(phone["id"], "follow")
        return str(phone["id"])

    async def act(self, phone: str, kind: str, **deed: Any) -> Any:
        """Does something on a phone; returns the webhook event."""
        return (await self.post(f"phones/{phone}/deeds", kind=kind, **deed))["event"]

    async def fail(self, call: str, **fault: Any) -> None:
        await self.post("control/faults", call=call, **fault)

    async def shown(self, phone: str) -> list[dict[str, Any]]:
        """What the account said, as it stands on the phone."""
        entries = (await self.get(f"phones/{phone}"))["entries"]
        return [entry["message"] for entry in entries if entry["side"] == "account"]

    async def until(self, phone: str, count: int) -> list[dict[str, Any]]:
        """The account's messages, as soon as there are so many."""
        async with asyncio.timeout(30):
            while len(found := await self.shown(phone)) < count:  # noqa: ASYNC110 - over HTTP
                await asyncio.sleep(0.02)
        return found


@asynccontextmanager
async def simulating(webhook: str = "") -> AsyncIterator[Simulator]:
    """Starts a simulator on a free port, and stops it."""
    Sanic.test_mode = True
    app = create_simulator(Keys(SECRET, TOKEN, webhook), f"simulator_{free_port()}")
    port = free_port()
    server = await app.create_server("127.0.0.1", port, return_asyncio_server=True)
    assert server is not None
    await server.startup()
    await server.before_start()
    await server.after_start()
    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=20) as http:
        yield Simulator(http)
    await server.before_stop()
    await server.close()
    for connection in server.connections:
        connection.abort()
    await server.after_stop()
