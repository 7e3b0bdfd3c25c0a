"""Our engine with its actions and Redis, asked in the way in which the gateway asks it."""

from __future__ import annotations

import json
import sys
import time
from itertools import count
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from redis.asyncio import Redis

from bench.speed.systems import Answer, System
from bench.understanding.served import ENGINE_PYTHON
from bot.adapters.replicas import Replicas
from bot.settings import ROOT
from tests.ports import free_port, wait_for_port

if TYPE_CHECKING:
    import aiohttp

    from bench.speed.processes import Processes

ENGINE = (ENGINE_PYTHON, "-m", "engine")
ACTIONS = (sys.executable, "-m", "actions")


class Ours(System):
    """One replica of the engine or several, chosen among as the gateway does."""

    name = "ours"

    def __init__(self, replicas: int = 1) -> None:
        """Takes how many replicas to start."""
        self._count = replicas
        self._numbers = count(1)

    def start(self, processes: Processes) -> None:
        """Starts Redis, actions and the replicas, one after the other."""
        port = free_port()
        self.environment = {
            "REDIS_URL": processes.redis(),
            "ACTIONS_URL": f"http://127.0.0.1:{port}/webhook",
            "BOT_ENV": "test",
        }
        processes.start(ACTIONS, ROOT, self.environment)
        wait_for_port(port)
        self.urls = [f"http://127.0.0.1:{free_port()}" for _ in range(self._count)]
        self._replicas = Replicas(self.urls)
        for url in self.urls:
            self.engine = processes.start_until(
                f"{url}/webhooks/gateway/health",
                ENGINE,
                ROOT,
                {**self.environment, "ENGINE_URL": url},
            )
        self.serving = processes.all

    def ask_only(self, replicas: int) -> None:
        """Leaves the other replicas idle from now on."""
        self._replicas = Replicas(self.urls[:replicas])

    async def ask(self, client: aiohttp.ClientSession, conversation: str, text: str) -> Answer:
        """One turn."""
        ids = {"conversation_id": conversation, "message_id": f"{next(self._numbers)}-0"}
        url = self._replicas.order(conversation)[0]
        turn = f"{url}/webhooks/gateway/turn"
        with self._replicas.asked(url):
            async with client.post(turn, json={**ids, "text": text}) as got:
                return Answer(got.ok, len((await got.json()).get("replies", ())))

    async def begin_session(self, _client: aiohttp.ClientSession, conversation: str) -> None:
        """Appends what Rasa writes when a session begins, for nobody waits an hour here."""
        kinds = {"action_session_start": "action", "": "session_started", "action_listen": "action"}
        now = time.time()
        events = [{"event": kind, "name": name, "timestamp": now} for name, kind in kinds.items()]
        where = urlsplit(self.environment["REDIS_URL"])
        async with Redis(host=where.hostname or "", port=where.port or 0) as redis:
            await redis.rpush(f"bot:{{{conversation}}}:tracker", *map(json.dumps, events))
