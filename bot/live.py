"""A conversation as a stream of server-sent events, for citizens and operators alike."""

from __future__ import annotations

import asyncio
import json
import random
from typing import TYPE_CHECKING, Any

from bot.adapters.redis.hub import GAP, QUEUE
from bot.conversation.delivery import DeliveryState
from bot.conversation.model import START, Role, State

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bot.adapters.redis.hub import Hub, Watcher
    from bot.channels.web.showing import Show
    from bot.conversation.delivery import Outbox, Shown
    from bot.conversation.model import Conversation, Message
    from bot.conversation.ports import ConversationStore, DeskIndex

HEARTBEAT_SECONDS = 15.0
_APART = 0.3
HEARTBEAT = ": ♡\n\n"
LOOK_AGAIN = 4
"""With every so many heartbeats a conversation is looked at, in case a signal was lost."""
RETRY = "retry: 2000\n\n"
"""Tells the browser to reconnect after two seconds."""
_SHOWN_TO_CITIZENS = frozenset({Role.BOT, Role.OPERATOR})


def until_next_look() -> float:
    """Seconds after which a page looks again by itself; never many pages at once.

    They would all have begun at once, after a restart.
    """
    return HEARTBEAT_SECONDS * (1 - _APART * random.random())  # noqa: S311 - nothing to guess here


def event(kind: str, data: object, event_id: str | None = None) -> str:
    """One server-sent event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


class ConversationStream:
    """What happens in one conversation after a cursor, without gap or repeat."""

    def __init__(
        self, store: ConversationStore, desk: DeskIndex, hub: Hub, outbox: Outbox, shown: Shown
    ) -> None:
        """Takes the truth, the queue, where to be woken, and what was delivered or shown."""
        self._outbox = outbox
        self._shown = shown
        self._store = store
        self._desk = desk
        self._hub = hub
        self.places = Places(desk)

    async def events(
        self, conversation_id: str, after: str, *, show: Show | None = None
    ) -> AsyncGenerator[str]:
        """Yields events for as long as a citizen listens; the cursor is a message ID.

        `show` makes of messages what the citizen's page asked for; None is their texts alone.
        """
        follower = Follower(self, conversation_id, after, show=show)
        yield RETRY
        with self._hub.watch(conversation_id, QUEUE) as watcher:
            watcher.wake(GAP)
            beats = 0
            while True:
                if not await watcher.wait(until_next_look()):
                    yield HEARTBEAT
                    beats += 1
                    if beats % LOOK_AGAIN == 0 and await follower.has_missed():
                        watcher.wake(GAP)
                for frame in _typing(watcher):
                    yield frame
                for frame in await follower.heed(watcher.take_woken()):
                    yield frame
                await self.passed(conversation_id, follower.take_told())

    async def load(self, conversation_id: str) -> Conversation:
        """The conversation as it is; 404 if it is kept no more."""
        return await self._store.load(conversation_id)

    async def read(self, conversation_id: str, after: str) -> tuple[Conversation, list[Message]]:
        """The conversation as it is, and what was said after a message; 404 as above."""
        return await self._store.read(conversation_id, after)

    async def fates(self, conversation_id: str) -> dict[str, str]:
        """Message ID → delivery state, or `withdrawn` for what the citizen took back.

        Of what a citizen fetches, the last message that was shown stands for those before it.
        """
        shown = await self._shown.last(conversation_id)
        withdrawn = await self._store.withdrawn(conversation_id)
        return {
            **({} if shown == START else {shown: DeliveryState.SHOWN}),
            **await self._outbox.states(conversation_id),
            **{message.id: "withdrawn" for message in withdrawn},
        }

    async def passed(self, conversation_id: str, messages: list[Message]) -> None:
        """Messages were sent to the citizen's page; only of an operator's does anybody ask."""
        written = [message.id for message in messages if message.role == Role.OPERATOR]
        if written:
            await self._shown.passed(conversation_id, written[-1])

    async def state(self, conversation_id: str) -> dict[str, Any]:
        """The conversation's state and, while it waits, its place in the queue."""
        return await self.state_of(await self.load(conversation_id))

    async def state_of(
        self, conversation: Conversation, *, for_desk: bool = False
    ) -> dict[str, Any]:
        """The same of one that was just loaded.

        The desk also gets the last entry of the history, so that it hears of each new one.
        """
        found: dict[str, Any] = {"state": conversation.state}
        if conversation.state is State.WAITING:
            found["queue_position"] = await self._desk.queue_position(conversation.id)
        if for_desk and (last := await self._store.last_entry(conversation.id)):
            found["history"] = last
        return found


class Places:
    """Who waits at which place: read once for all who ask meanwhile, as all do when one leaves."""

    def __init__(self, desk: DeskIndex) -> None:
        """Takes the queue."""
        self._desk = desk
        self._reading = asyncio.Lock()
        self._next: asyncio.Task[dict[str, int]] | None = None

    async def of(self, conversation_id: str) -> int | None:
        """The place of a conversation, 1 is next, as of now or later; None if it does not wait."""
        if self._next is None:
            self._next = asyncio.create_task(self._read())
        return (await asyncio.shield(self._next)).get(conversation_id)

    async def _read(self) -> dict[str, int]:
        async with self._reading:
            self._next = None  # whoever asks from now on needs to know what happens from now on
            queue = await self._desk.queue()
        return {conversation_id: place for place, conversation_id in enumerate(queue, 1)}


class Follower:
    """How far one listener has been told of a conversation.

    The desk also hears how messages fare on their way, and which were taken back.
    """

    def __init__(
        self,
        stream: ConversationStream,
        conversation_id: str,
        after: str,
        *,
        for_desk: bool = False,
        show: Show | None = None,
    ) -> None:
        """Begins after a message; see `ConversationStream.events` for `show`."""
        self._stream = stream
        self._id = conversation_id
        self._after = after
        self._for_desk = for_desk
        self._show = show
        self._told: list[Message] = []
        self._state: dict[str, Any] = {}
        self._fates: dict[str, str] = {}
        self._mark = 0

    async def news(self) -> list[str]:
        """Events of all that the listener does not know yet.

        Raises:
            RequestError: if the conversation is kept no more.
        """
        frames = []
        # Whatever is written from now on either wakes us or alters this mark.
        conversation, messages = await self._stream.read(self._id, self._after)
        self._mark = hash(conversation)
        for body in await self._shown(messages):
            self._after = body["id"]
            frames.append(event("message", body, self._after))
        self._told += messages
        if self._for_desk:
            frames += await self._changed_fates()
        state = await self._stream.state_of(conversation, for_desk=self._for_desk)
        if state != self._state:
            self._state = state
            frames.append(event("state", state))
        return frames

    async def heed(self, woken: set[str]) -> list[str]:
        """What is new after these signals; when only the queue moved, that matters to who waits."""
        if woken - {QUEUE}:
            return await self.news()
        if QUEUE not in woken or "queue_position" not in self._state:
            return []
        place = await self._stream.places.of(self._id)
        if place in {None, self._state["queue_position"]}:  # who left it hears so in another way
            return []
        self._state = {**self._state, "queue_position": place}
        return [event("state", self._state)]

    async def has_missed(self) -> bool:
        """Whether something may have happened of which no signal came, for citizens.

        The conversation's state is read, which is all that an idle stream costs; who waits, and
        so is also told of the queue, has to look at all.
        """
        if "queue_position" in self._state:
            return True
        return hash(await self._stream.load(self._id)) != self._mark

    def take_told(self) -> list[Message]:
        """The messages of which events were made since the last call."""
        told, self._told = self._told, []
        return told

    async def _shown(self, messages: Sequence[Message]) -> list[dict[str, Any]]:
        if self._show:
            return await self._show(messages)
        return [message.public(for_desk=self._for_desk) for message in messages]

    async def _changed_fates(self) -> list[str]:
        known, self._fates = self._fates, await self._stream.fates(self._id)
        return [
            event("delivery", {"message_id": message_id, "state": fate})
            for message_id, fate in self._fates.items()
            if known.get(message_id) != fate
        ]


def _typing(watcher: Watcher) -> list[str]:
    """Who writes on the other side."""
    return [
        event("typing", {"role": role, "typing": typing})
        for (_, role), typing in watcher.take_typing().items()
        if role in _SHOWN_TO_CITIZENS
    ]
