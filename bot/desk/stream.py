"""All that one open desk is told, in one stream: browsers allow a host few connections."""

from __future__ import annotations

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

from redis.exceptions import RedisError

from bot.adapters.redis.hub import GAP, LINES, QUEUE
from bot.errors import RequestError
from bot.live import HEARTBEAT, RETRY, Follower, event, until_next_look

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from bot.adapters.redis.hub import Hub, Watcher
    from bot.adapters.redis.presence import RedisPresence
    from bot.adapters.redis.viewers import RedisViewers
    from bot.desk.feed import Feed, Inbox
    from bot.live import ConversationStream


@dataclass(frozen=True)
class DeskStream:
    """Where a desk's news come from, and where it is noted who is there."""

    hub: Hub
    feed: Feed
    conversations: ConversationStream
    presence: RedisPresence
    viewers: RedisViewers

    async def events(
        self, operator: str, conversation_id: str | None, after: str
    ) -> AsyncGenerator[str]:
        """Yields events for as long as the desk listens; who listens is present.

        `changed` comes first and says: read the lists now, from here on nothing is missed. With a
        conversation, what happens in it after the cursor comes too.
        """
        desk = _OpenDesk(self, operator, conversation_id, after)
        subjects = (conversation_id, QUEUE) if conversation_id else ()
        with self.hub.watch(*subjects) as watcher, self.feed.listen(watcher) as inbox:
            try:
                yield RETRY
                yield event("changed", await self.feed.counts())
                async for frame in desk.frames(watcher, inbox):
                    yield frame
            finally:
                await desk.leave()


class _OpenDesk:
    """One open stream."""

    def __init__(
        self, parts: DeskStream, operator: str, conversation_id: str | None, after: str
    ) -> None:
        self._parts = parts
        self._operator = operator
        self._id = conversation_id
        self._page = secrets.token_hex(4)
        self._follower: Follower | None = None
        if conversation_id:
            self._follower = Follower(parts.conversations, conversation_id, after, for_desk=True)

    async def frames(self, watcher: Watcher, inbox: Inbox) -> AsyncGenerator[str]:
        """What happens; now and then the desk is noted as open and looks again by itself."""
        clock = asyncio.get_running_loop().time
        next_sign = clock()
        while True:
            if clock() >= next_sign:
                watcher.wake(GAP)
            for frame in [*await self._news(watcher.take_woken() - {LINES}), *inbox.take()]:
                yield frame
            if clock() >= next_sign:
                next_sign = clock() + until_next_look()
                await self._sign()
                yield HEARTBEAT
            await watcher.wait(max(next_sign - clock(), 0.0))
            for (_, role), typing in watcher.take_typing().items():
                yield event("typing", {"role": role, "typing": typing})

    async def leave(self) -> None:
        """The stream has ended: the operator no longer has the conversation open here."""
        if self._id:
            with suppress(RedisError, OSError):  # it lapses by itself
                await self._parts.viewers.gone(self._id, self._operator, self._page)

    async def _sign(self) -> None:
        await self._parts.presence.seen(self._operator)
        if self._follower and self._id:
            await self._parts.viewers.seen(self._id, self._operator, self._page)

    async def _news(self, woken: set[str]) -> list[str]:
        """What is new in the conversation; one that is kept no more must not end the stream."""
        if self._follower is None:
            return []
        try:
            return await self._follower.heed(woken)
        except RequestError:
            self._follower = None
            return [event("gone", {"conversation_id": self._id})]
