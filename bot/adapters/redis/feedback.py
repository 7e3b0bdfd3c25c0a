"""What citizens think of answers and conversations, by day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.records import to_json
from bot.adapters.redis.scripts import script
from bot.adapters.redis.together import together
from bot.conversation.hours import TOKYO
from bot.conversation.model import position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock

STREAM = keys.desk("feedback")
_AT_ONCE = 200
_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Feedback:
    """One citizen's word; without a `message_id` it is about the talk with an operator."""

    id: str
    at: str
    conversation_id: str
    helpful: bool
    message_id: str | None = None
    comment: str | None = None
    initiative: str | None = None
    facet: str | None = None


class RedisFeedback:
    """The one place through which words of all channels go.

    They are kept with their conversation, arrive on one stream, and are filed by day so that each
    day is forgotten in time.
    """

    def __init__(
        self, redis: Redis, store: RedisConversationStore, clock: Clock, retention_days: int
    ) -> None:
        """Takes a client that decodes responses, and the store that has the truth."""
        self._redis = redis
        self._store = store
        self._clock = clock
        self._keep = retention_days * _DAY_SECONDS
        self._file = script(redis, "file")

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

    async def file(self) -> None:
        """Files what has arrived; any number may do so at once, and each may die in between."""
        while True:
            arrived = cast(
                "list[tuple[str, dict[str, str]]]",
                await self._redis.xrange(STREAM, count=_AT_ONCE),
            )
            if not arrived:
                return
            days, args = [STREAM], [str(self._keep)]
            for entry_id, entry in arrived:
                told: dict[str, Any] = json.loads(entry["e"])
                days.append(_day(told["at"]))
                args += [entry_id, f"{told['conversation_id']} {entry_id}", entry["e"]]
            await self._file(keys=days, args=args)

    async def given(self, days: Iterable[str]) -> list[Feedback]:
        """The words of some days, newest first; of several on one subject, the last."""
        await self.file()
        found: list[dict[str, str]] = await together(
            self._redis,
            (("HGETALL", keys.desk(f"day:{day}:feedback")) for day in days),
        )
        words = [
            Feedback(id=field.split(" ")[1], **_known(json.loads(told)))
            for stored in found
            for field, told in stored.items()
        ]
        last = {(one.conversation_id, one.message_id): one for one in sorted(words, key=_order)}
        return sorted(last.values(), key=_order, reverse=True)


def _order(word: Feedback) -> tuple[int, int]:
    return position(word.id)


def _known(told: dict[str, Any]) -> dict[str, Any]:
    known = ("at", "conversation_id", "helpful", "message_id", "comment", "initiative", "facet")
    return {name: told[name] for name in known if name in told}


def _day(at: str) -> str:
    day = datetime.fromisoformat(at).astimezone(TOKYO).date().isoformat()
    return keys.desk(f"day:{day}:feedback")
