"""Deliveries in Redis; `commit.lua` writes them together with their messages."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.conversation.delivery import Delivery
from bot.conversation.model import ReplyToken, position

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.delivery import DeliveryState


class RedisOutbox:
    """A hash of open deliveries and a hash of delivery states, for each conversation."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._deliver = script(redis, "deliver")

    async def first(self, conversation_id: str) -> Delivery | None:
        """The oldest delivery that is not finished."""
        key = keys.conversation(conversation_id, "outbox")
        stored = cast("dict[str, str]", await self._redis.hgetall(key))
        if not stored:
            return None
        return _delivery(stored[min(stored, key=position)])

    async def keep(
        self, conversation_id: str, delivery: Delivery, state: DeliveryState | None = None
    ) -> Delivery | None:
        """Replaces a delivery; None if somebody else is at work on it."""
        kept = replace(delivery, revision=delivery.revision + 1)
        body = json.dumps(asdict(kept))
        done = await self._write(conversation_id, delivery, body, state or "")
        return kept if done else None

    async def finish(self, conversation_id: str, delivery: Delivery, state: DeliveryState) -> bool:
        """Ends a delivery and notes on its messages how; False as `keep`'s None."""
        return await self._write(conversation_id, delivery, "", state)

    async def states(self, conversation_id: str) -> dict[str, str]:
        """Message ID → delivery state."""
        key = keys.conversation(conversation_id, "delivery")
        return cast("dict[str, str]", await self._redis.hgetall(key))

    async def _write(self, conversation_id: str, known: Delivery, body: str, state: str) -> bool:
        event = {"kind": "conversation", "conversation_id": conversation_id}
        done = await self._deliver(
            keys=[keys.conversation(conversation_id, part) for part in ("outbox", "delivery")],
            args=[
                *(known.id, known.revision, body, state),
                *(keys.EVENTS, json.dumps(event), *known.messages),
            ],
        )
        return bool(done)


def _delivery(text: str) -> Delivery:
    stored: dict[str, Any] = json.loads(text)
    stored["messages"] = tuple(stored["messages"])
    if token := stored.get("token"):
        stored["token"] = ReplyToken(token["token"], int(token["at"]))
    return Delivery(**stored)
