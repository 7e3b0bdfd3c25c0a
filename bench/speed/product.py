"""The whole product: from the citizen's POST to the last reply on the event stream."""

from __future__ import annotations

import asyncio
import json
import sys
import time
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import aiohttp

from bench.speed.load import NotAnsweredError, texts
from bench.speed.ours import Ours
from bench.speed.statistics import latency
from bot.settings import ROOT
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bench.speed.processes import Processes

_TURNS = 5
_PATIENCE_SECONDS = 60


async def through_the_gateway(processes: Processes, messages: int) -> dict[str, Any]:
    """The same messages by the gateway and to the engine alone, in turn, one at a time.

    Returns:
        Median and 95th percentile (ms) of both, and what the gateway adds at the median.
    """
    engine = Ours()
    engine.start(processes)
    gateway = _start_gateway(processes, engine)
    whole, alone = [], []
    async with aiohttp.ClientSession() as client:
        for first in range(0, messages, _TURNS):
            said = texts()[first : first + _TURNS]
            own = uuid4().hex
            async with _conversation(client, gateway) as citizen:
                for text in said:
                    whole.append(await citizen.ask(text))
                    began = time.perf_counter()
                    await engine.ask(client, own, text)
                    alone.append(time.perf_counter() - began)
    product, engine_alone = latency(whole), latency(alone)
    return {
        "product": product._asdict(),
        "engine": engine_alone._asdict(),
        "gateway_adds": product.median - engine_alone.median,
    }


def _start_gateway(processes: Processes, engine: Ours) -> str:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {**engine.environment, "ENGINE_URL": ",".join(engine.urls)}
    processes.start_until(
        f"{url}/readyz",
        (sys.executable, "-m", "bot", "serve"),
        ROOT,
        {
            **environment,
            "BOT_PORT": str(port),
            "BOT_VAR": str(processes.folder),
            # Whatever the time of the day, and whoever is handed over, the bot goes on.
            "OPENING_HOURS": "00:00-24:00",
        },
    )
    return url


class _Citizen:
    """Who asks, and hears the replies on the event stream."""

    def __init__(self, client: aiohttp.ClientSession, messages: str, token: str) -> None:
        self._client, self._messages = client, messages
        self._headers = {"Authorization": f"Bearer {token}"}
        self.heard: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def ask(self, text: str) -> float:
        """Seconds until the last reply was heard."""
        began = time.perf_counter()
        body = {"client_message_id": uuid4().hex, "text": text.strip() or "?"}
        async with self._client.post(self._messages, json=body, headers=self._headers) as got:
            if got.status != 202:  # noqa: PLR2004 - accepted
                raise NotAnsweredError(f"{got.status}: {text}")
            asked = (await got.json())["message_id"]
        while True:
            message = await asyncio.wait_for(self.heard.get(), _PATIENCE_SECONDS)
            if message.get("in_reply_to") == asked and message.get("final"):
                return time.perf_counter() - began

    async def listen(self, events: str) -> None:
        """Takes messages from the stream until it is cancelled."""
        async with self._client.get(events, headers=self._headers, timeout=None) as stream:
            self.ready.set()
            async for line in stream.content:
                if line.startswith(b"data:") and b'"role"' in line:
                    self.heard.put_nowait(json.loads(line[5:]))

    ready: asyncio.Event


@asynccontextmanager
async def _conversation(client: aiohttp.ClientSession, gateway: str) -> AsyncIterator[_Citizen]:
    async with client.post(f"{gateway}/api/conversations") as got:
        begun = await got.json()
    where = f"{gateway}/api/conversations/{begun['conversation_id']}"
    citizen = _Citizen(client, f"{where}/messages", begun["token"])
    citizen.ready = asyncio.Event()
    async with asyncio.TaskGroup() as tasks:
        listening = tasks.create_task(citizen.listen(f"{where}/events"))
        await citizen.ready.wait()
        yield citizen
        listening.cancel()
