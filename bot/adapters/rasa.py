"""The engine behind its port: Rasa, over HTTP, on one machine or several (replicas.py)."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from aiohttp import (
    ClientError,
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    TCPConnector,
)

from bot.adapters.replicas import Replicas
from bot.conversation.model import Draft, Offer, Outcome, Role
from bot.conversation.ports import EngineReply, Guess, Understood
from bot.errors import EngineFailed, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 2.0
READ_SECONDS = 10.0
_IDLE_SECONDS = 4.0
"""Shorter than the engine keeps a connection (5 s)."""
_TURN, _UNDERSTAND = "/webhooks/gateway/turn", "/webhooks/gateway/understand"
_BUSY = {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.BAD_GATEWAY, HTTPStatus.GATEWAY_TIMEOUT}


class Answer(NamedTuple):
    """What came back over HTTP."""

    status: int
    body: bytes

    def json(self) -> Any:  # noqa: ANN401 - as it came
        """The body's JSON.

        Raises:
            ValueError: if it is none.
        """
        return json.loads(self.body)


class Http(Protocol):
    """Where requests go."""

    async def send(self, method: str, url: str, body: object = None) -> Answer:
        """Sends JSON, or nothing.

        Raises:
            ClientError, TimeoutError: if no whole answer came.
        """

    async def close(self) -> None:
        """Lets go of connections."""


class KeptConnections:
    """The real one; aiohttp takes a third of the computing that httpx takes for it."""

    def __init__(self) -> None:
        """Nothing connects before the first request."""
        self._session: ClientSession | None = None

    async def send(self, method: str, url: str, body: object = None) -> Answer:
        """Sends it on a connection that is kept; once more if the engine had just given it up.

        That is harmless: a message that is asked again is not answered anew.
        """
        try:
            return await self._send(method, url, body)
        except ServerDisconnectedError:
            return await self._send(method, url, body)

    async def close(self) -> None:
        """Closes the connections."""
        if self._session:
            await self._session.close()

    async def _send(self, method: str, url: str, body: object) -> Answer:
        if self._session is None:
            limits = ClientTimeout(sock_read=READ_SECONDS, sock_connect=CONNECT_SECONDS)
            self._session = ClientSession(
                connector=TCPConnector(keepalive_timeout=_IDLE_SECONDS),
                timeout=limits,
                cookie_jar=DummyCookieJar(),
            )
        async with self._session.request(method, url, json=body) as response:
            return Answer(response.status, await response.read())


class RasaEngine:
    """Asks the engine's `gateway` channel."""

    def __init__(self, urls: Sequence[str], http: Http | None = None) -> None:
        """Takes the replicas' addresses, and where requests go instead in tests."""
        self._replicas = Replicas(urls)
        self._http = http or KeptConnections()

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
        return _read(await self._ask(conversation_id, _TURN, body))

    async def understand(self, text: str) -> Understood:
        """What a text is about, by itself; no conversation learns of it."""
        return _read_understood(await self._ask(text, _UNDERSTAND, {"text": text}))

    async def ping(self) -> bool:
        """Whether any replica would answer now."""
        for url in self._replicas.urls:
            try:
                answer = await self._http.send("GET", f"{url}/webhooks/gateway/health")
            except (ClientError, TimeoutError):
                continue
            if answer.status == HTTPStatus.OK:
                return True
        return False

    async def close(self) -> None:
        """Closes the kept connections."""
        await self._http.close()

    async def _ask(self, subject: str, path: str, body: dict[str, Any]) -> Answer:
        """Asks one replica after another until one takes it."""
        *others, last = self._replicas.order(subject)
        for url in others:
            try:
                return await self._post(url, path, body)
            except EngineUnavailable as error:
                logger.warning("engine %s: %s, asking another", url, error)
                self._replicas.avoid(url)
        return await self._post(last, path, body)

    async def _post(self, url: str, path: str, body: dict[str, Any]) -> Answer:
        try:
            with self._replicas.asked(url):
                answer = await self._http.send("POST", f"{url}{path}", body)
        except (ClientError, TimeoutError) as error:
            raise EngineUnavailable(f"{type(error).__name__}: {error}") from error
        if answer.status in _BUSY:
            raise EngineUnavailable(f"status {answer.status}")
        if answer.status != HTTPStatus.OK:
            said = answer.body[:200].decode(errors="replace")
            raise EngineFailed(f"status {answer.status}: {said}")
        return answer


def _read(answer: Answer) -> list[EngineReply]:
    """The engine's JSON as replies (docs/architecture.md).

    Raises:
        EngineFailed: if there is none, or one is not of the agreed form.
    """
    try:
        found = [_reply(reply) for reply in answer.json()["replies"]]
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineFailed(f"not of the agreed form: {error!r}") from error
    if not found:
        raise EngineFailed("no reply at all")
    return found


def _read_understood(answer: Answer) -> Understood:
    """The engine's JSON as guesses (docs/architecture.md); a name in the text is certain.

    Raises:
        EngineFailed: if it is not of the agreed form.
    """
    try:
        found = answer.json()
        named = [Guess(m["initiative"], 1.0) for m in found["mentions"] if m["kind"] == "exact"]
        return Understood(
            (*named, *_guesses(found["topics"], "initiative")), _guesses(found["facets"], "facet")
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise EngineFailed(f"not of the agreed form: {error!r}") from error


def _guesses(found: list[dict[str, Any]], name: str) -> tuple[Guess, ...]:
    """Guesses without "none of them", best first."""
    known = [Guess(str(g[name]), float(g["confidence"])) for g in found if g[name]]
    return tuple(sorted(known, key=lambda guess: -guess.confidence))


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
        confidence=_share(reply.get("confidence")),
    )
    effect = reply.get("effect")
    if not draft.text and not effect:
        raise ValueError("neither text nor effect")
    return EngineReply(draft, effect["kind"] if effect else None)


def _share(value: object) -> float | None:
    """A number from 0 to 1; None if there is none."""
    if value is None:
        return None
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(f"no share: {value!r}")
    return float(value)
