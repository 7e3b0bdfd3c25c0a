"""Erases one conversation from Redis, with everything that leads to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.records import event_of
from bot.adapters.redis.ticket_index import TicketForgetting

if TYPE_CHECKING:
    from collections.abc import Callable

    from redis.asyncio import Redis

_PARTS = (
    *("state", "messages", "seen", "choices", "tickets", "private", "feedback", "forms"),
    *("withdrawn", "outbox", "delivery", "tokens", "events", "inbox", "tracker", "slots"),
    *("history", "shown", "viewers", "rate"),
)
"""All that is kept under a conversation's hash tag; a test looks for others."""
_LISTS = ("recent", "waiting", "active", "closed")
_WORK = (("work", ("due", "leases")), ("delivery", ("due", "leases")))


class RedisErasure:
    """Finds and erases what is kept of one citizen."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._tickets = TicketForgetting(redis)

    async def exists(self, conversation_id: str) -> bool:
        """Whether anything is kept of a conversation."""
        return bool(await self._redis.exists(*_own(conversation_id)))

    async def by_receipt(self, receipt: str) -> str | None:
        """The conversation that a receipt number belongs to."""
        return cast("str | None", await self._redis.get(keys.ticket(receipt)))

    async def erase(self, conversation_id: str) -> dict[str, int]:
        """Erases everything; returns how many entries each part had, for those that had any."""
        receipts = await self._receipts(conversation_id)
        owner = await cast("Any", self._redis.hget(keys.desk("owners"), conversation_id))
        forms = await self._redis.smembers(keys.conversation(conversation_id, "forms"))
        counts = {part: await self._size(conversation_id, part) for part in _PARTS}
        # First what would bring a worker back, then the conversation, then the ways to it.
        for name, parts in _WORK:
            for part in parts:
                await self._redis.zrem(keys.work(part, name), conversation_id)
            await cast("Any", self._redis.srem(keys.work("again", name), conversation_id))
        await self._redis.delete(*_own(conversation_id))
        for listed in (*_LISTS, *([f"owner:{owner}"] if owner else [])):
            await self._redis.zrem(keys.desk(listed), conversation_id)
        for known in ("versions", "owners"):
            await cast("Any", self._redis.hdel(keys.desk(known), conversation_id))
        for way in (*map(keys.ticket, receipts), *(keys.form(str(digest)) for digest in forms)):
            await self._redis.delete(way)
        await self._redis.delete(keys.desk(f"counted:{conversation_id}"))
        await self._redis.publish(keys.EVENTS, event_of(conversation_id))
        await self._tickets.forget(receipts)
        await self._erase_from_days(conversation_id)
        return {part: count for part, count in counts.items() if count}

    async def _receipts(self, conversation_id: str) -> list[str]:
        """Its receipt numbers, also those that were given out and never used."""
        before, after = keys.ticket("*").split("*")
        return [
            str(key).removeprefix(before).removesuffix(after)
            async for key in self._redis.scan_iter(match=keys.ticket("*"))
            if await self._redis.get(key) == conversation_id
        ]

    async def _erase_from_days(self, conversation_id: str) -> None:
        """What supervisors' pages show of a citizen's words; mere numbers stay."""
        arrived = keys.desk("feedback")
        words = cast("list[tuple[str, dict[str, str]]]", await self._redis.xrange(arrived))
        for entry_id, entry in words:
            if conversation_id in entry["e"]:
                await self._redis.xdel(arrived, entry_id)
        for kind in ("questions", "feedback"):
            async for day in self._redis.scan_iter(match=keys.desk(f"day:*:{kind}")):
                found = self._redis.hscan_iter(day, match=f"{conversation_id} *")
                if fields := [str(name) async for name, _ in found]:
                    await self._redis.hdel(str(day), *fields)

    async def _size(self, conversation_id: str, part: str) -> int:
        key = keys.conversation(conversation_id, part)
        counting: dict[str, Callable[[str], Any]] = {
            "hash": self._redis.hlen,
            "stream": self._redis.xlen,
            "zset": self._redis.zcard,
            "set": self._redis.scard,
            "list": self._redis.llen,
            "string": self._redis.exists,
        }
        count = counting.get(str(await self._redis.type(key)))
        return int(await count(key)) if count else 0


def _own(conversation_id: str) -> list[str]:
    return [keys.conversation(conversation_id, part) for part in _PARTS]
