"""Conversations as the desk's lists show them, any number in one round trip."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.records import conversation_from
from bot.adapters.redis.together import together
from bot.adapters.redis.viewers import names_in, viewers_key
from bot.conversation.delivery import UNDELIVERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from redis.asyncio import Redis

    from bot.adapters.redis.together import Command
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation

_ASKED = 4
"""Commands for one conversation."""


class RedisSummaries:
    """Reads what a line of a list needs, and nothing of what was said before."""

    def __init__(self, redis: Redis, clock: Clock) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._clock = clock

    async def read(self, conversation_ids: Sequence[str]) -> list[dict[str, Any] | None]:
        """Summaries in the given order; None for what is kept no more.

        Each is `Conversation.summary`.
        """
        if not conversation_ids:
            return []
        now = self._clock.now().timestamp()

        asked = [one for each in conversation_ids for one in _asked(each, now)]
        answers = await together(self._redis, asked)
        return [_summary(answers[i : i + _ASKED]) for i in range(0, len(answers), _ASKED)]

    async def of(self, conversation: Conversation) -> dict[str, Any]:
        """The summary of a conversation that was just loaded or changed."""
        now = self._clock.now().timestamp()
        _, *rest = await together(self._redis, _asked(conversation.id, now))
        return _summed_up(conversation, *rest)


def _asked(conversation_id: str, now: float) -> tuple[Command, ...]:
    return (
        ("HGETALL", keys.conversation(conversation_id, "state")),
        ("HVALS", keys.conversation(conversation_id, "delivery")),
        ("ZRANK", keys.desk("waiting"), conversation_id),
        ("ZRANGEBYSCORE", viewers_key(conversation_id), f"({now}", "+inf"),
    )


def _summary(answers: list[Any]) -> dict[str, Any] | None:
    stored, *rest = answers
    if not stored:
        return None
    return _summed_up(conversation_from(cast("dict[str, str]", stored)), *rest)


def _summed_up(
    conversation: Conversation, deliveries: list[str], rank: int | None, viewers: list[str]
) -> dict[str, Any]:
    undelivered = sum(state in UNDELIVERED for state in deliveries)
    place = None if rank is None else rank + 1
    return conversation.summary(place, undelivered, names_in(viewers))
