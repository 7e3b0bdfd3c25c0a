"""Figures by day in Redis, and how far each conversation is counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.records import entry_from, message_from, to_json
from bot.adapters.redis.scripts import script
from bot.adapters.redis.together import together
from bot.statistics.counting import Carry

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.conversation.model import Entry, Message
    from bot.statistics.counting import Counts

    Stream = list[tuple[str, dict[str, str]]]

_DAY_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Uncounted:
    """What is new in a conversation; `carry`: how far it is counted, as it was kept."""

    channel: str
    carry: str
    messages: list[Message]
    entries: list[Entry]


@dataclass(frozen=True)
class Question:
    """A citizen's question that the bot could not answer, as it stands in the transcript."""

    conversation_id: str
    message_id: str
    text: str
    outcome: str
    initiative: str | None
    facet: str | None


class RedisStatistics:
    """All of it lies under one hash tag, so that counts and how far they go change together."""

    def __init__(self, redis: Redis, retention_days: int) -> None:
        """Takes a client that decodes responses, and the days for which figures are kept."""
        self._redis = redis
        # A day longer than conversations, so that none is counted twice in its last hours.
        self._keep = (retention_days + 1) * _DAY_SECONDS
        self._count = script(redis, "count")
        self._uncounted = script(redis, "uncounted")

    async def uncounted(self, conversation_id: str) -> Uncounted | None:
        """What is new in a conversation, as of one moment; None if there is nothing."""
        kept = str(await self._redis.get(_counted(conversation_id)) or "")
        carry = Carry.from_json(kept)
        parts = ("state", "messages", "history")
        found = await self._uncounted(
            keys=[keys.conversation(conversation_id, part) for part in parts],
            args=[carry.message, carry.entry],
        )
        if not found or not (found[1] or found[2]):
            return None
        channel, said, happened = found
        messages = [message_from(one, body) for one, (_, body) in said]
        entries = [entry_from(one, body) for one, (_, body) in happened]
        return Uncounted(channel, kept, messages, entries)

    async def keep(self, conversation_id: str, was: str, carry: str, counts: Counts) -> bool:
        """Adds counts and notes how far they go; False if somebody else was faster."""
        days = sorted({*counts.numbers, *counts.questions})
        names = [name for day in days for name in (_numbers(day), _questions(day))]
        bodies = [
            to_json(
                [
                    dict(counts.numbers.get(day, {})),
                    {
                        f"{conversation_id} {message_id}": reply
                        for message_id, reply in counts.questions.get(day, {}).items()
                    },
                ]
            )
            for day in days
        ]
        return bool(
            await self._count(
                keys=[_counted(conversation_id), *names], args=[was, carry, self._keep, *bodies]
            )
        )

    async def numbers(self, days: Iterable[str]) -> dict[str, Counter[str]]:
        """The counts of some days (see `bot/statistics/counting.py`), by day."""
        wanted = list(days)
        found = await together(self._redis, (("HGETALL", _numbers(day)) for day in wanted))
        return {
            day: Counter({name: int(number) for name, number in stored.items()})
            for day, stored in zip(wanted, cast("list[dict[str, str]]", found), strict=True)
        }

    async def questions(self, days: Iterable[str], at_most: int) -> list[Question]:
        """Questions without an answer, of the days given first first, as they stand now.

        What was taken back, or forgotten with its conversation, is not among them.
        """
        references: list[tuple[str, str]] = []
        for day in days:
            stored = cast("dict[str, str]", await self._redis.hgetall(_questions(day)))
            references += sorted(stored.items(), reverse=True)
            if len(references) >= at_most:
                break
        return await self._texts(references[:at_most])

    async def _texts(self, references: list[tuple[str, str]]) -> list[Question]:
        places = [reference.split(" ") for reference, _ in references]
        found: list[Stream] = await together(
            self._redis,
            (
                ("XRANGE", keys.conversation(place[0], "messages"), place[1], place[1])
                for place in places
            ),
        )
        questions = []
        for place, (_, reply), said in zip(places, references, found, strict=True):
            if said:
                outcome, initiative, facet = (None if one == "-" else one for one in reply.split())
                text = message_from(said[0][0], said[0][1]["m"]).text
                question = Question(place[0], place[1], text, str(outcome), initiative, facet)
                questions.append(question)
        return questions


def _counted(conversation_id: str) -> str:
    return keys.desk(f"counted:{conversation_id}")


def _numbers(day: str) -> str:
    return keys.desk(f"day:{day}:numbers")


def _questions(day: str) -> str:
    return keys.desk(f"day:{day}:questions")
