"""What changes in the desk's lists, read once in a process and handed to all of its open desks.

Twenty desks that each read the lists again at every word of two hundred citizens would be most of
the load; so the lines that changed are read together, a few times a second, and sent as they are.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.adapters.redis.hub import DESK, GAP, LINES, QUEUE
from bot.conversation.model import Role, TicketKind
from bot.live import event
from bot.tasks import end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.adapters.redis.desk_index import RedisDeskIndex
    from bot.adapters.redis.hub import Hub, Watcher
    from bot.adapters.redis.summaries import RedisSummaries
    from bot.adapters.redis.ticket_index import RedisTicketIndex

logger = logging.getLogger(__name__)

SETTLE_SECONDS = 0.05
"""Changes that come together are told to the desks as one."""
RETRY_SECONDS = 0.5
"""After so long Redis is asked again."""
BACKLOG = 100
"""A desk that is so many events behind reads its lists anew instead."""
_SHOWN = frozenset({Role.CITIZEN, Role.OPERATOR})
"""Whose writing the lists show; the bot is too quick for that."""


class Inbox:
    """What one open desk has still to be told."""

    def __init__(self, watcher: Watcher) -> None:
        """Takes whom to wake."""
        self._watcher = watcher
        self._frames: list[str] = []

    def put(self, frame: str, instead: str) -> None:
        """Adds an event; a desk too far behind gets `instead`, in place of all before."""
        self._frames.append(frame)
        if len(self._frames) > BACKLOG:
            self._frames = [instead]
        self._watcher.wake(LINES)

    def take(self) -> list[str]:
        """All of it, oldest first."""
        taken, self._frames = self._frames, []
        return taken


class Feed:
    """Reads lines that changed and tells the desks of this process."""

    def __init__(
        self,
        hub: Hub,
        index: RedisDeskIndex,
        tickets: RedisTicketIndex,
        summaries: RedisSummaries,
    ) -> None:
        """Takes where to be woken and where to read."""
        self._hub = hub
        self._index = index
        self._tickets = tickets
        self._summaries = summaries
        self._inboxes: set[Inbox] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to tell, in the background."""
        self._task = asyncio.create_task(self._run(), name="desk feed")

    async def stop(self) -> None:
        """Stops telling."""
        await end((self._task,))

    @contextmanager
    def listen(self, watcher: Watcher) -> Iterator[Inbox]:
        """An inbox that is filled for as long as the block lasts; the watcher is woken."""
        inbox = Inbox(watcher)
        self._inboxes.add(inbox)
        try:
            yield inbox
        finally:
            self._inboxes.discard(inbox)

    async def counts(self) -> dict[str, int]:
        """How many there are in the lists that say so."""
        waiting, tickets, opinions = await asyncio.gather(
            self._index.queue_length(),
            self._tickets.unfinished(TicketKind.MESSAGE),
            self._tickets.unfinished(TicketKind.OPINION),
        )
        return {"waiting": waiting, "tickets": tickets, "opinions": opinions}

    async def _run(self) -> None:
        with self._hub.watch(LINES, QUEUE, DESK) as watcher:
            while True:
                await watcher.wait(None)
                try:
                    await self._tell(watcher)
                    await asyncio.sleep(SETTLE_SECONDS)
                except (RedisError, OSError) as error:
                    logger.warning("the desk's lists cannot be read, trying again: %s", error)
                    watcher.wake(GAP)
                    await asyncio.sleep(RETRY_SECONDS)

    async def _tell(self, watcher: Watcher) -> None:
        typing, woken, changed = watcher.take_typing(), watcher.take_woken(), watcher.take_changed()
        if not self._inboxes:
            return
        for (conversation_id, role), begun in typing.items():
            if role in _SHOWN:
                data = {"conversation_id": conversation_id, "role": role, "typing": begun}
                self._send(event("activity", data), "")
        if not woken:
            return
        lines, counts = await asyncio.gather(self._lines(changed), self.counts())
        again = event("changed", counts)
        if woken & {DESK, GAP}:
            self._send(again, again)
        if changed or QUEUE in woken:
            self._send(event("lines", {**lines, "counts": counts}), again)

    async def _lines(self, changed: set[str]) -> dict[str, list[object]]:
        asked = sorted(changed)
        found = await self._summaries.read(asked)
        gone = [one for one, line in zip(asked, found, strict=True) if line is None]
        return {"conversations": [line for line in found if line is not None], "gone": [*gone]}

    def _send(self, frame: str, instead: str) -> None:
        for inbox in self._inboxes:
            inbox.put(frame, instead)
