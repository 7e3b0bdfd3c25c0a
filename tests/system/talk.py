"""Citizens who talk through trouble, and whether each of their messages was answered once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from collections.abc import Sequence

_PAUSE_SECONDS = 0.3
_AGAIN = {429, 502, 503, 504}


@dataclass
class Talker:
    """A citizen whose page repeats what was not accepted, at any of the gateways."""

    http: httpx.AsyncClient
    bases: Sequence[str]
    id: str = ""
    token: str = ""
    accepted: list[str] = field(default_factory=list)
    refused: int = 0

    async def begin(self) -> None:
        created = (await self._send("POST", "/api/conversations")).json()
        self.id, self.token = created["conversation_id"], created["token"]

    async def say(self, text: str) -> None:
        body = {"client_message_id": f"m{len(self.accepted)}", "text": text}
        answer = await self._send("POST", f"/api/conversations/{self.id}/messages", body)
        self.accepted.append(answer.json()["message_id"])

    async def messages(self) -> list[dict[str, Any]]:
        answer = await self._send("GET", f"/api/conversations/{self.id}/messages")
        found: list[dict[str, Any]] = answer.json()["messages"]
        return found

    async def until_answered(self) -> list[dict[str, Any]]:
        while True:
            said = await self.messages()
            if {m["in_reply_to"] for m in said if m.get("final")} >= set(self.accepted):
                return said
            await asyncio.sleep(_PAUSE_SECONDS)

    async def _send(
        self, method: str, path: str, body: dict[str, Any] | None = None
    ) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.token}"} if self.token else {}
        while True:
            base = random.choice(self.bases)  # noqa: S311 - no secret
            try:
                answer = await self.http.request(method, base + path, json=body, headers=headers)
            except httpx.TransportError:
                answer = None
            if answer is not None and answer.status_code not in _AGAIN:
                assert answer.is_success, (answer.status_code, answer.text)
                return answer
            assert answer is None or answer.headers["retry-after"]
            self.refused += 1
            await asyncio.sleep(_PAUSE_SECONDS)


def check(said: list[dict[str, Any]], accepted: list[str]) -> None:
    """Everything accepted stands in the transcript once, in order, and was answered once."""
    assert [m["id"] for m in said if m["role"] == "citizen"] == accepted
    finals = [m["in_reply_to"] for m in said if m.get("final")]
    assert Counter(finals) == Counter(accepted)
    assert finals == accepted
