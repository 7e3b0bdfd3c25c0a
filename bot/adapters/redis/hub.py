"""Live signals: one Redis subscription a process, handed on to whoever watches here.

A signal only says "look again"; what is true is read from the store. So a lost signal costs some
seconds (watchers look again by themselves now and then) and never a message.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections import defaultdict
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from redis.exceptions import RedisError

from bot.adapters.redis import keys
from bot.tasks import end

if TYPE_CHECKING:
    from collections.abc import Iterator

    from redis.asyncio import Redis

logger = logging.getLogger(__name__)

DESK = "desk"
"""Something in the desk's lists that is no conversation's line: tickets."""
QUEUE = "queue"
"""Who waits, or in which order."""
LINES = "lines"
"""Any conversation's line in the desk's lists; watchers are told which conversation."""
WORK = "work"
GAP = "gap"
"""Wakes everybody after a time of not listening, in which anything may have happened."""
_RETRY_SECONDS = 0.5
_OF_CONVERSATION = frozenset({"conversation", "typing"})
"""Kinds of signals for those who follow the conversation; others are about its line alone."""


class Watcher:
    """One open page or worker; wakes up when something happened to what it watches."""

    def __init__(self) -> None:
        """Starts asleep."""
        self._event = asyncio.Event()
        self._woken: set[str] = set()
        self._changed: set[str] = set()
        self._typing: dict[tuple[str, str], bool] = {}

    def wake(self, subject: str = "", changed: str | None = None) -> None:
        """Something happened to a subject; `changed` is the conversation, for watchers of lines."""
        self._woken.add(subject)
        if changed:
            self._changed.add(changed)
        self._event.set()

    def set_typing(self, conversation_id: str, role: str, *, typing: bool) -> None:
        """Somebody began or stopped writing."""
        self._typing[conversation_id, role] = typing
        self._event.set()

    async def wait(self, seconds: float | None) -> bool:
        """Sleeps until woken, at most so many seconds; whether it was woken."""
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True

    def take_woken(self) -> set[str]:
        """By which subjects it was woken since the last call."""
        taken, self._woken = self._woken, set()
        return taken

    def take_changed(self) -> set[str]:
        """The conversations whose lines changed since the last call."""
        taken, self._changed = self._changed, set()
        return taken

    def take_typing(self) -> dict[tuple[str, str], bool]:
        """(Conversation, role) → began (True) or stopped (False) writing since the last call."""
        taken, self._typing = self._typing, {}
        return taken


class Hub:
    """Listens to the one channel of events and wakes the watchers of this process."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._redis = redis
        self._watchers: dict[str, set[Watcher]] = defaultdict(set)
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def watch(self, *subjects: str) -> Iterator[Watcher]:
        """Watches conversations (by ID) or subjects of this module while the block lasts."""
        watcher = Watcher()
        for subject in subjects:
            self._watchers[subject].add(watcher)
        try:
            yield watcher
        finally:
            for subject in subjects:
                self._watchers[subject].discard(watcher)
                if not self._watchers[subject]:
                    del self._watchers[subject]

    async def typing(self, conversation_id: str, role: str, *, typing: bool) -> None:
        """Tells all gateways that citizen, bot or operator is writing, or no longer."""
        event = {
            "kind": "typing",
            "conversation_id": conversation_id,
            "role": role,
            "typing": typing,
        }
        await self._redis.publish(keys.EVENTS, json.dumps(event))

    def start(self) -> None:
        """Begins to listen, in the background."""
        self._task = asyncio.create_task(self._listen(), name="hub")

    async def stop(self) -> None:
        """Stops listening."""
        await end((self._task,))

    async def _listen(self) -> None:
        while True:
            try:
                # On a cluster: finds out who has the channel's place by now.
                await self._redis.exists(keys.EVENTS)
                async with self._redis.pubsub() as subscription:
                    await subscription.subscribe(keys.EVENTS)
                    self._wake_all()
                    async for message in subscription.listen():
                        if message["type"] == "message":
                            self._dispatch(json.loads(message["data"]))
            except (RedisError, OSError) as error:
                logger.warning("live signals lost, listening again: %s", error)
                await asyncio.sleep(_RETRY_SECONDS)

    def _dispatch(self, event: dict[str, Any]) -> None:
        kind = event["kind"]
        conversation_id = event.get("conversation_id")
        if conversation_id is None:
            for watcher in self._watching(kind):
                watcher.wake(kind)
            return
        watchers = self._watching(LINES)
        if kind in _OF_CONVERSATION:
            watchers += self._watching(conversation_id)
        for watcher in watchers:
            if kind == "typing":
                watcher.set_typing(conversation_id, event["role"], typing=event["typing"])
            else:
                watcher.wake(conversation_id, conversation_id)

    def _watching(self, subject: str) -> tuple[Watcher, ...]:
        return tuple(self._watchers.get(subject, ()))

    def _wake_all(self) -> None:
        """After a gap in listening anything may have happened."""
        for watchers in self._watchers.values():
            for watcher in watchers:
                watcher.wake(GAP)
