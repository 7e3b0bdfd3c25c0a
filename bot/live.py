"""A conversation as a stream of server-sent events, for citizens and operators alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.conversation.model import State

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.adapters.redis.hub import Hub, Watcher
    from bot.conversation.delivery import Outbox
    from bot.conversation.model import Conversation
    from bot.conversation.ports import ConversationStore, DeskIndex

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = ": ♡\n\n"
LOOK_AGAIN = 4
"""With every so many heartbeats a conversation is looked at, in case a signal was lost."""
RETRY = "retry: 2000\n\n"
"""Tells the browser to reconnect after two seconds."""


def event(kind: str, data: object, event_id: str | None = None) -> str:
    """One server-sent event."""
    head = f"id: {event_id}\n" if event_id else ""
    return f"{head}event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


class ConversationStream:
    """What happens in one conversation after a cursor, without gap or repeat."""

    def __init__(self, store: ConversationStore, desk: DeskIndex, hub: Hub, outbox: Outbox) -> None:
        """Takes the truth, the queue, where to be woken, and what was delivered."""
        self._outbox = outbox
        self._store = store
        self._desk = desk
        self._hub = hub

    async def events(
        self, conversation_id: str, after: str, *, for_desk: bool = False
    ) -> AsyncIterator[str]:
        """Yields events for as long as somebody listens; the cursor is a message ID.

        The desk also hears how messages fare on their way, and which were taken back.
        """
        state: dict[str, Any] = {}
        fates: dict[str, str] = {}
        yield RETRY
        while True:
            # Only those who wait need to hear that the queue moved.
            waits = bool(state.get("queue_position"))
            with self._hub.watch(conversation_id, *(("desk",) if waits else ())) as watcher:
                # Read first: whatever is written from now on either wakes us or alters this mark.
                conversation = await self._store.load(conversation_id)
                mark = None if waits or for_desk else hash(conversation)
                for message in await self._store.messages(conversation_id, after):
                    after = message.id
                    yield event("message", message.public(), message.id)
                if for_desk:
                    known, fates = fates, await self.fates(conversation_id)
                    for message_id, fate in fates.items():
                        if known.get(message_id) != fate:
                            yield event("delivery", {"message_id": message_id, "state": fate})
                now = await self._state(conversation)
                if now != state:
                    state = now
                    yield event("state", state)
                    if bool(state.get("queue_position")) != waits:
                        continue
                del conversation
                async for beat in self._quiet(watcher, conversation_id, mark):
                    yield beat
                for frame in _typing(watcher):
                    yield frame

    async def fates(self, conversation_id: str) -> dict[str, str]:
        """Message ID → delivery state, or `withdrawn` for what the citizen took back."""
        withdrawn = await self._store.withdrawn(conversation_id)
        return {
            **await self._outbox.states(conversation_id),
            **{message.id: "withdrawn" for message in withdrawn},
        }

    async def _quiet(
        self, watcher: Watcher, conversation_id: str, mark: int | None
    ) -> AsyncIterator[str]:
        """Heartbeats until something happens.

        Signals may be lost, so now and then the conversation's state is read, which is all that an
        idle stream costs; one that also shows the queue (its mark is None) then looks at all.
        """
        beats = 0
        while not await watcher.wait(HEARTBEAT_SECONDS):
            yield HEARTBEAT
            beats += 1
            if beats % LOOK_AGAIN == 0 and (
                mark is None or hash(await self._store.load(conversation_id)) != mark
            ):
                return

    async def state(self, conversation_id: str) -> dict[str, Any]:
        """The conversation's state and, while it waits, its place in the queue."""
        return await self._state(await self._store.load(conversation_id))

    async def _state(self, conversation: Conversation) -> dict[str, Any]:
        found: dict[str, Any] = {"state": conversation.state}
        if conversation.state is State.WAITING:
            found["queue_position"] = await self._desk.queue_position(conversation.id)
        return found


def _typing(watcher: Watcher) -> list[str]:
    return [
        event("typing", {"role": role, "typing": typing})
        for role, typing in watcher.take_typing().items()
    ]
