"""Contact forms in Redis: each form's secret address leads to one conversation, for some days."""

from __future__ import annotations

import hashlib
import secrets
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis

FORM_SECONDS = 7 * 24 * 60 * 60
"""So long a form can be filled in after it was offered."""


class RedisForms:
    """Forms under the hash of their token, so that a leak of Redis opens none."""

    def __init__(self, redis: Redis, retention_days: int) -> None:
        """Takes a client that decodes responses, and the days for which anything is kept."""
        self._redis = redis
        self._keep = retention_days * 24 * 60 * 60

    async def new(self, conversation_id: str) -> str:
        """The secret token of a new form, from now on leading to this conversation."""
        token = secrets.token_urlsafe(24)
        digest = digest_of(token)
        mine = keys.conversation(conversation_id, "forms")
        # The conversation knows of it first, so that whoever erases the one erases the other too.
        await cast("Any", self._redis.sadd(mine, digest))
        await self._redis.expire(mine, self._keep)
        await cast("Any", self._redis.hset(keys.form(digest), "conversation_id", conversation_id))
        await self._redis.expire(keys.form(digest), FORM_SECONDS)
        return token

    async def conversation_id(self, token: str) -> str | None:
        """The conversation that a form belongs to; None if there is no such form (any more)."""
        return await self._field(token, "conversation_id")

    async def receipt(self, token: str) -> str | None:
        """The receipt number under which the form was sent; None if it was not yet."""
        return await self._field(token, "receipt")

    async def settle_receipt(self, token: str, receipt: str) -> str:
        """Gives a form its receipt number; the first one stays, and is returned."""
        await self._redis.hsetnx(keys.form(digest_of(token)), "receipt", receipt)
        return await self.receipt(token) or receipt

    async def _field(self, token: str, name: str) -> str | None:
        return cast("str | None", await self._redis.hget(keys.form(digest_of(token)), name))


def digest_of(token: str) -> str:
    """What a form is kept under."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()
