"""The audit log in Redis: who did what at the desk, append-only, one stream a day."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable

    from redis.asyncio import Redis

    from bot.conversation.hours import Clock

_PAGE = 500


@dataclass(frozen=True)
class Deed:
    """One entry: `subject` says to what it was done; `id`: its day and number, as a cursor."""

    id: str
    at: str
    action: str
    operator: str
    subject: dict[str, str]


class RedisAudit:
    """Streams that this program only ever adds to; each is forgotten as a whole after its time."""

    def __init__(self, redis: Redis, clock: Clock, days: int) -> None:
        """Takes a client that decodes responses, and for how many days a day is kept."""
        self._redis = redis
        self._clock = clock
        self._keep = (days + 1) * 24 * 60 * 60
        self._append = script(redis, "append")

    async def record(
        self, action: str, operator: str, subject: dict[str, str], *, once_in: int = 0
    ) -> None:
        """Keeps that an operator did something; `subject` says to what.

        With `once_in`, the same again within so many seconds is one deed.
        """
        deed = json.dumps([action, operator, subject], sort_keys=True)
        mark = keys.desk(f"audit-mark:{deed}")
        if once_in and await self._redis.exists(mark):
            return
        now = self._clock.now()
        entry = {
            "at": now.isoformat(timespec="milliseconds"),
            "action": action,
            "operator": operator,
            "subject": subject,
        }
        key = _key(now.date().isoformat())
        await self._append(keys=[key], args=[json.dumps(entry, ensure_ascii=False), self._keep])
        if once_in:  # after it, so that nothing is lost
            await self._redis.set(mark, 1, ex=once_in)

    async def deeds(self, dates: Iterable[str], before: str | None = None) -> AsyncIterator[Deed]:
        """What was done on some days, in their order and newest first, from a cursor on.

        `dates`: as 2021-04-01, newest first; `before`: a `Deed.id`, which itself is left out.
        """
        started, _, number = (before or "").partition("/")
        for date in dates:
            if before and date > started:
                continue
            newest = f"({number}" if date == started else "+"
            while True:
                found = cast(
                    "list[tuple[str, dict[str, str]]]",
                    await self._redis.xrevrange(_key(date), max=newest, count=_PAGE),
                )
                for entry_id, entry in found:
                    yield Deed(f"{date}/{entry_id}", **json.loads(entry["e"]))
                if len(found) < _PAGE:
                    break
                newest = f"({found[-1][0]}"


def _key(date: str) -> str:
    return keys.desk(f"audit:{date}")
