"""What citizens think: kept with their conversation, and told to the desk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.adapters.redis import keys
from bot.adapters.redis.records import to_json

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock

STREAM = keys.desk("feedback")


class RedisFeedback:
    """The one place through which feedback of all channels goes."""

    def __init__(
        self, redis: Redis, store: RedisConversationStore, clock: Clock, retention_days: int
    ) -> None:
        """Takes a client that decodes responses, and the store that has the truth."""
        self._redis = redis
        self._store = store
        self._clock = clock
        self._keep = retention_days * 24 * 60 * 60

    async def give(
        self, conversation_id: str, message_id: str | None, feedback: dict[str, Any]
    ) -> None:
        """Takes feedback on a message, or (None) on the talk with an operator.

        The desk's stream gets each word, with what it is about; a later one on the same message
        or talk replaces the earlier.

        Raises:
            RequestError: 404, if there is no such message.
        """
        message = await self._store.give_feedback(conversation_id, message_id, feedback)
        about: dict[str, Any] = {"conversation_id": conversation_id, "message_id": message_id}
        if message:
            about |= {"initiative": message.initiative, "facet": message.facet}
        entry = {name: value for name, value in {**feedback, **about}.items() if value is not None}
        oldest = round((self._clock.now().timestamp() - self._keep) * 1000)
        await self._redis.xadd(STREAM, {"e": to_json(entry)}, minid=oldest)
