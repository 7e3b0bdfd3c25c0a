"""The engine behind its port: Rasa, over HTTP on loopback."""

from __future__ import annotations

import zlib
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.errors import EngineFailed, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
_BUSY = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}


class RasaEngine:
    """Asks the engine's `gateway` channel; a conversation always asks the same replica first."""

    def __init__(
        self, urls: Sequence[str], transport: httpx.AsyncBaseTransport | None = None
    ) -> None:
        """Takes the replicas' addresses, and another transport in tests."""
        self._urls = list(urls)
        timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
        self._client = httpx.AsyncClient(timeout=timeout, transport=transport)

    async def reply(
        self, conversation_id: str, message_id: str, text: str, chosen: dict[str, str] | None
    ) -> list[EngineReply]:
        """Answers one message; the same pair of IDs again gets the same replies again."""
        body: dict[str, Any] = {
            "conversation_id": conversation_id,
            "message_id": message_id,
            "text": text,
        }
        if chosen:
            body["choice"] = chosen
        return _read(await self._post(self._replica(conversation_id), body))

    async def ping(self) -> bool:
        """Whether every replica would answer now."""
        for url in self._urls:
            try:
                response = await self._client.get(f"{url}/webhooks/gateway/health")
            except httpx.HTTPError:
                return False
            if response.status_code != HTTPStatus.OK:
                return False
        return True

    async def close(self) -> None:
        """Closes the kept connections."""
        await self._client.aclose()

    def _replica(self, conversation_id: str) -> str:
        return self._urls[zlib.crc32(conversation_id.encode()) % len(self._urls)]

    async def _post(self, url: str, body: dict[str, Any]) -> httpx.Response:
        try:
            response = await self._client.post(f"{url}/webhooks/gateway/turn", json=body)
        except httpx.HTTPError as error:
            raise EngineUnavailable(f"{type(error).__name__}: {error}") from error
        if response.status_code in _BUSY:
            raise EngineUnavailable(f"status {response.status_code}")
        if response.status_code != HTTPStatus.OK:
            raise EngineFailed(f"status {response.status_code}: {response.text[:200]}")
        return response


def _read(response: httpx.Response) -> list[EngineReply]:
    """The engine's JSON as replies (docs/architecture.md).

    Raises:
        EngineFailed: if there is none, or one is not of the agreed form.
    """
    try:
        found = [_reply(reply) for reply in response.json()["replies"]]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineFailed(f"not of the agreed form: {error!r}") from error
    if not found:
        raise EngineFailed("no reply at all")
    return found


def _reply(reply: dict[str, Any]) -> EngineReply:
    offers = tuple(Offer(c["label"], c["payload"]) for c in reply.get("choices") or ())
    draft = Draft(
        role=Role.BOT,
        text=str(reply.get("text") or ""),
        outcome=Outcome(reply["outcome"]),
        initiative=reply.get("initiative"),
        facet=reply.get("facet"),
        sources=tuple(reply.get("sources") or ()),
        offers=offers,
        easy=reply.get("easy"),
    )
    effect = reply.get("effect")
    if not draft.text and not effect:
        raise ValueError("neither text nor effect")
    return EngineReply(draft, effect["kind"] if effect else None)
