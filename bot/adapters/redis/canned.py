"""Canned replies in Redis: a hash for each operator, and one that all share."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis


class RedisCanned:
    """Keeps them as they were written, for good."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis

    async def all(self, operator: str | None) -> dict[str, tuple[str, str]]:
        """ID → title and text; both empty for a shared one of the start that was removed."""
        stored = cast("dict[str, str]", await self._redis.hgetall(_key(operator)))
        read = {canned_id: json.loads(text) for canned_id, text in stored.items()}
        return {canned_id: (one["title"], one["text"]) for canned_id, one in read.items()}

    async def keep(self, operator: str | None, canned_id: str, title: str, text: str) -> None:
        """Writes one, in place of what has the same ID."""
        body = json.dumps({"title": title, "text": text}, ensure_ascii=False)
        await self._redis.hset(_key(operator), canned_id, body)

    async def remove(self, operator: str | None, canned_id: str) -> None:
        """Removes one, if it is there."""
        await self._redis.hdel(_key(operator), canned_id)


def _key(operator: str | None) -> str:
    return keys.desk("canned" if operator is None else f"canned:of:{operator}")
