"""Operators at their desks: each has one stream open, reads its lists and answers now and then."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from typing import TYPE_CHECKING, Any

from redis.asyncio import Redis

from bench.line.marks import found_in
from bot.adapters.redis.operators import RedisOperators
from bot.desk.accounts import OperatorRole, new_account

if TYPE_CHECKING:
    import httpx

PAUSE_SECONDS = 10.0
"""So often each operator reads the lists and answers somebody."""
VIEWS = ("waiting", "mine", "all")


class Operator:
    """One desk, and when each marked message was seen there."""

    def __init__(self, http: httpx.AsyncClient, name: str) -> None:
        """Takes a client with cookies of its own."""
        self.http = http
        self.name = name
        self.has: list[str] = []
        self.in_lists: dict[str, float] = {}
        self.in_conversation: dict[str, float] = {}
        self.lists_took: list[float] = []

    @classmethod
    async def log_in(cls, http: httpx.AsyncClient, redis_url: str, name: str) -> Operator:
        """Makes an account and opens its desk."""
        password = secrets.token_urlsafe(16)
        async with Redis.from_url(redis_url, decode_responses=True) as redis:
            account = await asyncio.to_thread(new_account, name, OperatorRole.OPERATOR, password)
            await RedisOperators(redis).add(account)
        answer = await http.post("/api/desk/login", json={"name": name, "password": password})
        http.headers["x-csrf-token"] = answer.raise_for_status().json()["csrf_token"]
        return cls(http, name)

    async def claim(self, conversation_id: str) -> None:
        """Takes a waiting conversation."""
        path = f"/api/desk/conversations/{conversation_id}/claim"
        (await self.http.post(path, json={})).raise_for_status()
        self.has.append(conversation_id)

    async def listen(self) -> None:
        """Keeps the stream open, with the first of its conversations, until cancelled."""
        query = {"conversation": self.has[0]} if self.has else {}
        async with self.http.stream("GET", "/api/desk/events", params=query) as stream:
            kind = ""
            async for line in stream.aiter_lines():
                at = time.perf_counter()
                if line.startswith("event: "):
                    kind = line.removeprefix("event: ")
                elif line.startswith("data: "):
                    self._hear(kind, json.loads(line.removeprefix("data: ")), at)

    async def work(self, begin: float) -> None:
        """Reads the lists and answers one citizen, again and again, until cancelled.

        `begin` is the part of the pause after which it begins: no two operators do all at once.
        """
        number = 0
        await asyncio.sleep(begin * PAUSE_SECONDS)
        while True:
            await asyncio.gather(*(self.read_list(view) for view in VIEWS))
            if self.has:
                number += 1
                await self._answer(self.has[number % len(self.has)], f"a{number}")
            await asyncio.sleep(PAUSE_SECONDS)

    async def read_list(self, view: str, cursor: str = "") -> dict[str, Any]:
        """One page of a list; how long it took is noted."""
        query = {"view": view, **({"cursor": cursor} if cursor else {})}
        began = time.perf_counter()
        answer = await self.http.get("/api/desk/conversations", params=query)
        self.lists_took.append(time.perf_counter() - began)
        page: dict[str, Any] = answer.raise_for_status().json()
        return page

    async def _answer(self, conversation_id: str, client_message_id: str) -> None:
        path = f"/api/desk/conversations/{conversation_id}"
        await self.http.post(f"{path}/typing", json={})
        body = {"client_message_id": client_message_id, "text": "少しお待ちください。"}
        await self.http.post(f"{path}/messages", json=body)

    def _hear(self, kind: str, data: Any, at: float) -> None:  # noqa: ANN401 - any event's data
        if kind == "message":
            for marked in found_in(data["text"]):
                self.in_conversation.setdefault(marked, at)
        for line in data["conversations"] if kind == "lines" else ():
            for marked in found_in(line["last_text"]):
                self.in_lists.setdefault(marked, at)
