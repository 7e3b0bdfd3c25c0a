"""Receipt numbers in Redis: each leads to its conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.conversation.receipts import draw, is_plausible
from bot.errors import not_found

if TYPE_CHECKING:
    from redis.asyncio import Redis


class RedisReceipts:
    """Numbers that are given out once while they are kept."""

    def __init__(self, redis: Redis, retention_days: int, replicas: int = 0) -> None:
        """Takes a client that decodes responses, and the days for which a number is kept.

        A number counts once so many replicas have it.
        """
        self._redis = redis
        self._keep = retention_days * 24 * 60 * 60
        self._claim = script(redis, "claim", replicas=replicas)

    async def new(self, conversation_id: str) -> str:
        """A receipt number that nobody has, from now on leading to this conversation."""
        while True:
            receipt = draw()
            claim = [conversation_id, self._keep]
            if await self._claim(keys=[keys.ticket(receipt)], args=claim) == conversation_id:
                return receipt

    async def conversation_id(self, receipt: str) -> str:
        """The conversation that a receipt number belongs to.

        Raises:
            RequestError: 404; its words say so if the number cannot be right.
        """
        found = await self._redis.get(keys.ticket(receipt))
        if found is None:
            raise unknown_receipt(receipt)
        return str(found)


def unknown_receipt(receipt: str) -> Exception:
    """The error for a number that nobody has: a mistyped one is told apart."""
    if is_plausible(receipt):
        return not_found("ticket_not_found")
    return not_found("receipt_mistyped")
