"""An operator who writes to some of the citizens throughout the storm."""

from __future__ import annotations

import asyncio
import secrets
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from bench.line.judging import Asked
from bench.line.marks import PERSON, mark
from bot.privacy import Vault

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from bench.line.remote import Remote
    from bench.line.stand import Stand

NAME = "sato"
FIRST_MARK = 1_000_000
"""The operator's marks begin here, far from the questions'."""
_PAUSE_SECONDS = 1.0
_RETRY_SECONDS = 0.5


class Operator:
    """Takes conversations over, and writes to each in turn; repeats what got no answer."""

    def __init__(self, stand: Stand, phones: list[str]) -> None:
        """Takes the citizens to be served; they ask for a person first."""
        self._stand = stand
        self._phones = phones
        self._http = httpx.AsyncClient(base_url=f"{stand.gateway}/api/desk/", trust_env=False)
        self.said: list[Asked] = []
        self._claims: dict[str, str] = {}

    async def begin(self, line: Remote) -> None:
        """Logs in, and claims the conversations of those who asked for a person."""
        password = secrets.token_urlsafe(16)
        await asyncio.to_thread(self._stand.add_operator, NAME, password)
        answer = await self._http.post("login", json={"name": NAME, "password": password})
        self._http.headers["x-csrf-token"] = answer.json()["csrf_token"]
        for phone in self._phones:
            await line.post(f"/phones/{phone}/deeds", {"kind": "text", "text": PERSON})
            answer = await self._insist(f"conversations/{self._conversation(phone)}/claim", {})
            self._claims[phone] = answer.json()["conversation"]["claim_id"]

    async def work(self) -> None:
        """Writes to one after the other until cancelled."""
        try:
            while True:
                for phone in self._phones:
                    await _to_the_end(self._say(phone, len(self.said)))
                    await asyncio.sleep(_PAUSE_SECONDS)
        finally:
            await self._http.aclose()

    async def _say(self, phone: str, number: int) -> None:
        marked = mark(FIRST_MARK + number)
        text = f"{marked}についてご案内します。"
        body = {"client_message_id": f"m{number}", "text": text, "claim_id": self._claims[phone]}
        sent = time.monotonic()
        asked = Asked(phone, marked, int(time.time() * 1000), sent, None, (-1 - number,))
        self.said.append(asked)
        await self._insist(f"conversations/{self._conversation(phone)}/messages", body)
        self.said[number] = asked.taken(time.monotonic())

    async def _insist(self, path: str, body: dict[str, Any]) -> httpx.Response:
        """Sends the same request until it is met, as the desk's page does."""
        while True:
            try:
                answer = await self._http.post(path, json=body)
            except httpx.TransportError:
                answer = httpx.Response(HTTPStatus.SERVICE_UNAVAILABLE)
            if answer.is_success:
                return answer
            await asyncio.sleep(_RETRY_SECONDS)

    def _conversation(self, phone: str) -> str:
        return Vault(self._stand.privacy_key).pseudonym("user", phone)


async def _to_the_end(saying: Coroutine[Any, Any, None]) -> None:
    """A message under way is accepted before the operator stops; else it could not be judged."""
    said = asyncio.create_task(saying)
    try:
        await asyncio.shield(said)
    except asyncio.CancelledError:
        await said
        raise
