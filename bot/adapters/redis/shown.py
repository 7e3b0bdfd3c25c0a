"""How far citizens' pages were sent what is said, in Redis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.adapters.redis import keys
from bot.adapters.redis.records import event_of
from bot.adapters.redis.scripts import script
from bot.conversation.model import START

if TYPE_CHECKING:
    from redis.asyncio import Redis


class RedisShown:
    """One message ID a conversation, kept apart from its state: it says nothing about that."""

    def __init__(self, redis: Redis, retention_days: int) -> None:
        """Takes a client that decodes responses, and the days for which a conversation is kept."""
        self._redis = redis
        self._keep = retention_days * 24 * 60 * 60
        self._shown = script(redis, "shown")

    async def passed(self, conversation_id: str, message_id: str) -> None:
        """The citizen's page was sent all up to a message; an earlier one changes nothing."""
        parts = ("state", "shown")
        await self._shown(
            keys=[keys.conversation(conversation_id, part) for part in parts],
            args=[message_id, self._keep, keys.EVENTS, event_of(conversation_id)],
        )

    async def last(self, conversation_id: str) -> str:
        """The last message that was sent to the page; `START` before the first."""
        found = await self._redis.get(keys.conversation(conversation_id, "shown"))
        return str(found or START)
