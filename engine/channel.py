"""The channel `gateway`: one request a turn, the same replies again for the same message."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.core.tracker_store import FailSafeTrackerStore
from redis.exceptions import RedisError
from sanic import Blueprint
from sanic.exceptions import SanicException
from sanic.response import HTTPResponse, json

from engine.endpoint import KeptEndpoint
from engine.knowledge import FACETS, read_knowledge
from engine.replies import Replies, Reply, replies_to
from engine.tracker_store import ConflictError, RedisTrackerStore, UnansweredTurnError
from engine.turn import (
    EXPLAINED,
    UNDERSTOOD,
    BadTurnError,
    Known,
    Turn,
    read_text,
    read_turn,
    understood,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rasa.core.agent import Agent
    from sanic import Sanic
    from sanic.request import Request

logger = logging.getLogger(__name__)

# Less than the gateway waits (bot/adapters/rasa.py), so that it gets an answer it can use.
_TURN_SECONDS = 8.0
_UNAVAILABLE = {
    RedisError: "store_unavailable",
    UnansweredTurnError: "actions_unavailable",
    ConflictError: "conflict",
    asyncio.TimeoutError: "timeout",
}


class GatewayInput(InputChannel):
    """Takes turns from the gateway; whoever reaches it may speak for any conversation."""

    def __init__(self, knowledge: Path) -> None:
        """Takes the folder of the knowledge, whose initiatives a choice may name."""
        self._initiatives = {initiative.id for initiative in read_knowledge(knowledge)}
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._agent: Agent | None = None

    @classmethod
    def name(cls) -> str:
        """The channel's name, which is also its place under `/webhooks`."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> GatewayInput:
        """Builds it out of its part of `credentials.yml`."""
        return cls(Path((credentials or {}).get("knowledge", "data/knowledge")))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:  # noqa: ARG002 - Rasa's interface
        """The routes, for Rasa's server.

        Turns go to Rasa's processor itself and not by `on_new_message`, which would lock the
        conversation a second time (`_answer` does), and keeps each lock for ever.
        """
        routes = Blueprint("gateway")

        @routes.listener("after_server_start")
        async def begin(app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
            self._agent = _honest(app.ctx.agent)
            self._agent.processor.action_endpoint = KeptEndpoint(self._agent.action_endpoint.url)

        @routes.listener("after_server_stop")
        async def end(_app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
            if self._agent:
                await self._agent.processor.action_endpoint.close()

        @routes.get("/health")
        async def health(_request: Request) -> HTTPResponse:
            return (
                json({"status": "ok"}) if self._agent else _error(503, "starting", "no model yet")
            )

        @routes.post("/understand")
        async def understand(request: Request) -> HTTPResponse:
            return await self._explain(request)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            return await self._take(request)

        return routes

    async def _take(self, request: Request) -> HTTPResponse:
        """A turn, or in what way it failed."""
        if self._agent is None:
            return _error(503, "starting", "no model yet")
        try:
            return json({"replies": await self._handle(request, self._agent)})
        except (BadTurnError, SanicException) as error:
            return _error(400, "bad_request", str(error))
        except tuple(_UNAVAILABLE) as error:
            logger.warning("Turn failed, to be asked again: %r", error)
            code = next(c for kind, c in _UNAVAILABLE.items() if isinstance(error, kind))
            return _error(503, code, "not now, ask again")
        except Exception:
            logger.exception("Turn failed")
            return _error(500, "failed", "this message makes the engine fail")

    async def _explain(self, request: Request) -> HTTPResponse:
        """What a text means by itself; no tracker hears of it."""
        if self._agent is None:
            return _error(503, "starting", "no model yet")
        try:
            parsed = await _parse(read_text(request.json), self._agent)
        except (BadTurnError, SanicException) as error:
            return _error(400, "bad_request", str(error))
        except Exception:
            logger.exception("Understanding failed")
            return _error(500, "failed", "this text makes the engine fail")
        return json({key: parsed.get(key) or [] for key in EXPLAINED})

    async def _handle(self, request: Request, agent: Agent) -> list[Reply]:
        known = Known(agent.domain.intents, self._initiatives, FACETS)
        turn = read_turn(request.json, known)
        return await asyncio.wait_for(self._answer(turn, agent), _TURN_SECONDS)

    async def _answer(self, turn: Turn, agent: Agent) -> list[Reply]:
        """Handles the turn, or finds that it was handled; no two of a conversation at a time."""
        lock = self._locks.setdefault(turn.conversation_id, asyncio.Lock())
        async with lock:
            try:
                said = await _said(turn, agent.tracker_store)
                return await _reply(turn, agent) if said is None else said
            finally:
                agent.tracker_store.forget_read(turn.conversation_id)


async def _said(turn: Turn, store: RedisTrackerStore) -> list[Reply] | None:
    """What was replied to the message, if it was handled before."""
    if not await store.knows(turn.conversation_id, turn.message_id):
        return None
    return replies_to(turn.message_id, await store.retrieve(turn.conversation_id))


async def _reply(turn: Turn, agent: Agent) -> list[Reply]:
    """A new turn of Rasa's, which gets the understanding beside the text and never parses it."""
    replies = Replies()
    message = UserMessage(
        text=turn.text,
        output_channel=replies,
        sender_id=turn.conversation_id,
        input_channel=GatewayInput.name(),
        message_id=turn.message_id,
        parse_data=understood(turn) if turn.choice else await _understand(turn, agent),
    )
    await agent.processor.handle_message(message)
    return replies.said


async def _understand(turn: Turn, agent: Agent) -> dict[str, Any]:
    """What the text means; a slash at its beginning does not reach Rasa's payload syntax.

    Rasa takes a text for a payload (`/intent{…}`) if it begins with `/` after blanks. The wide
    slash is no such sign, and is the same to our components, which read the normalised text.
    """
    parsed = await _parse(turn.text, agent)
    return {key: parsed.get(key) for key in UNDERSTOOD} | {"text": turn.text}


async def _parse(text: str, agent: Agent) -> dict[str, Any]:
    """As `_understand`; no tracker is touched."""
    text = text.strip()
    plain = "／" + text[1:] if text.startswith("/") else text
    parsed: dict[str, Any] = await agent.processor.parse_message(UserMessage(text=plain))
    return parsed


def _honest(agent: Agent) -> Agent:
    """The agent without Rasa's fallback to memory, which would forget a conversation silently.

    Raises:
        RuntimeError: if Rasa started without a model or with another tracker store: it merely
            warns of either.
    """
    store = agent.tracker_store
    if isinstance(store, FailSafeTrackerStore):
        store = store._tracker_store  # noqa: SLF001 - Agent wraps every store and tells no way back
    if not agent.is_ready() or not isinstance(store, RedisTrackerStore):
        raise RuntimeError("Rasa has no model or not our tracker store; see its messages above")
    agent.tracker_store = agent.processor.tracker_store = store
    return agent


def _error(status: int, code: str, message: str) -> HTTPResponse:
    return json({"error": {"code": code, "message": message}}, status=status)
