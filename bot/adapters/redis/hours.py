"""Exceptions from the opening hours: kept in Redis, known in every process."""

from __future__ import annotations

import asyncio
import json
import logging
from datetime import date
from typing import TYPE_CHECKING, cast

from redis.exceptions import RedisError

from bot.adapters.redis import keys
from bot.conversation.hours import TOKYO, OpeningHours
from bot.tasks import end

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Calendar, Clock
    from bot.conversation.ports import DeskIndex, WorkList
    from bot.conversation.worker import Signals, Watcher

logger = logging.getLogger(__name__)

_KEY = keys.desk("hours")
_SIGNAL = "hours"
_CLOSED = "closed"
LOOK_SECONDS = 60.0
"""So often the settings are read, even if no signal comes."""


class RedisHours:
    """Keeps this process's calendar in line with what supervisors have set."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        redis: Redis,
        *,
        calendar: Calendar,
        clock: Clock,
        signals: Signals,
        index: DeskIndex,
        work: WorkList,
    ) -> None:
        """Takes a client that decodes responses, and who has to know when the hours change."""
        self._redis = redis
        self._calendar = calendar
        self._clock = clock
        self._signals = signals
        self._index = index
        self._work = work
        self._one_at_a_time = asyncio.Lock()
        self._acted_on: dict[date, OpeningHours | None] = {}
        self._task: asyncio.Task[None] | None = None

    async def set(self, day: date, hours: OpeningHours | None) -> None:
        """Gives a day hours of its own; None closes it."""
        await self._redis.hset(_KEY, day.isoformat(), _text(hours))
        await self._changed()

    async def remove(self, day: date) -> None:
        """Gives a day its regular hours again."""
        await self._redis.hdel(_KEY, day.isoformat())
        await self._changed()

    async def refresh(self) -> None:
        """Reads the settings; if they have changed, all who wait are looked at anew.

        Whoever comes while that is done waits for it; what fails half-way is done again.
        """
        async with self._one_at_a_time:
            stored = cast("dict[str, str]", await self._redis.hgetall(_KEY))
            found = {date.fromisoformat(day): _hours(text) for day, text in stored.items()}
            if found == self._acted_on:
                return
            self._calendar.exceptions = found
            for conversation_id in await self._index.queue():
                await self._work.schedule(conversation_id)
            self._acted_on = found

    async def start(self) -> None:
        """Reads the settings, and from now on follows them in the background."""
        await self._try()
        self._task = asyncio.create_task(self._follow(), name="hours")

    async def stop(self) -> None:
        """Follows no longer."""
        await end((self._task,))

    async def _follow(self) -> None:
        with self._signals.watch(_SIGNAL) as watcher:
            while True:
                await self._next(watcher)

    async def _next(self, watcher: Watcher) -> None:
        await watcher.wait(LOOK_SECONDS)
        await self._try()

    async def _try(self) -> None:
        try:
            await self.refresh()
        except (RedisError, OSError, ValueError) as error:
            logger.warning("opening hours not read, trying again: %s", error)

    async def _changed(self) -> None:
        """Forgets days that are over, and tells all processes; this one knows at once."""
        today = self._clock.now().astimezone(TOKYO).date().isoformat()
        over = [day for day in cast("list[str]", await self._redis.hkeys(_KEY)) if day < today]
        if over:
            await self._redis.hdel(_KEY, *over)
        await self._redis.publish(keys.EVENTS, json.dumps({"kind": _SIGNAL}))
        await self.refresh()


def _text(hours: OpeningHours | None) -> str:
    return hours.written() if hours else _CLOSED


def _hours(text: str) -> OpeningHours | None:
    return None if text == _CLOSED else OpeningHours.parse(text)
