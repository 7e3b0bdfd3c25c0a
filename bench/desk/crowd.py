"""Citizens with the chat page open: each follows its own conversation, and writes now and then."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bench.line.marks import PERSON, mark

if TYPE_CHECKING:
    import httpx

SIDE_BY_SIDE = 20


class Citizen:
    """One citizen, who has asked for a person."""

    def __init__(self, http: httpx.AsyncClient, conversation_id: str, token: str) -> None:
        """Takes what came with the new conversation."""
        self.id = conversation_id
        self._http = http
        self._path = f"/api/conversations/{conversation_id}"
        self._headers = {"authorization": f"Bearer {token}"}
        self._said = 0

    @classmethod
    async def begin(cls, http: httpx.AsyncClient) -> Citizen:
        """Begins a conversation and asks for a person."""
        made = (await http.post("/api/conversations")).raise_for_status().json()
        citizen = cls(http, made["conversation_id"], made["token"])
        await citizen.say(PERSON)
        return citizen

    async def say(self, text: str) -> None:
        """Says something; it is accepted when this returns."""
        self._said += 1
        body = {"client_message_id": f"m{self._said}", "text": text}
        answer = await self._http.post(f"{self._path}/messages", json=body, headers=self._headers)
        answer.raise_for_status()

    async def follow(self) -> None:
        """Keeps the page's stream open until cancelled."""
        async with self._http.stream("GET", f"{self._path}/events", headers=self._headers) as page:
            async for _ in page.aiter_bytes():
                pass


class Crowd:
    """All citizens, and when each said what."""

    def __init__(self, citizens: list[Citizen]) -> None:
        """Takes those who have begun."""
        self.citizens = citizens
        self.said: dict[str, float] = {}
        self.accepted: dict[str, float] = {}

    @classmethod
    async def gather(cls, http: httpx.AsyncClient, count: int) -> Crowd:
        """So many citizens who wait for a person."""
        citizens: list[Citizen] = []
        while len(citizens) < count:
            some = min(SIDE_BY_SIDE, count - len(citizens))
            citizens += await asyncio.gather(*(Citizen.begin(http) for _ in range(some)))
        return cls(citizens)

    async def talk(self, rate: float, seconds: float) -> None:
        """One message after the other, of one citizen after the other, at a rate (a second)."""
        began = time.perf_counter()
        async with asyncio.TaskGroup() as under_way:
            for number in range(round(rate * seconds)):
                await asyncio.sleep(max(0.0, began + number / rate - time.perf_counter()))
                citizen = self.citizens[number % len(self.citizens)]
                under_way.create_task(self._say(citizen, mark(number)))

    async def _say(self, citizen: Citizen, marked: str) -> None:
        began = self.said[marked] = time.perf_counter()
        await citizen.say(f"{marked}はどうなりますか")
        self.accepted[marked] = time.perf_counter() - began
