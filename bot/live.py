"""A conversation as a stream of server-sent events, for citizens and operators alike."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from bot.conversation.delivery import DeliveryState
from bot.conversation.model import START, Role, State

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Sequence

    from bot.adapters.redis.hub import Hub, Watcher
    from bot.channels.web.showing import Show
    from bot.conversation.delivery import Outbox, Shown
    from bot.conversation.model import Message
    from bot.conversation.ports import ConversationStore, DeskIndex

HEARTBEAT_SECONDS = 15.0
HEARTBEAT = ": ♡\n\n"
RETRY = "retry: 2000\n\n"
"""Tells the browser to reconnect after two seconds."""


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

    async def events(
        self, conversation_id: str, after: str, *, for_desk: bool = False, show: Show | None = None
    ) -> AsyncGenerator[str]:
        """Yields events for as long as somebody listens; the cursor is a message ID.

        The desk also hears how messages fare on their way, and which were taken back.
        """
        state: dict[str, Any] = {}
        fates: dict[str, str] = {}
        yield RETRY
        while True:
            # Only those who wait need to hear that the queue moved.
            subjects = ("desk",) if state.get("queue_position") else ()
            with self._hub.watch(conversation_id, *subjects) as watcher:
                messages = await self._store.messages(conversation_id, after)
                for body in await show(messages) if show else _as_said(messages, for_desk=for_desk):
                    after = body["id"]
                    yield event("message", body, after)
                if not for_desk:
                    await self.passed(conversation_id, messages)
                if for_desk:
                    known, fates = fates, await self.fates(conversation_id)
                    for message_id, fate in fates.items():
                        if known.get(message_id) != fate:
                            yield event("delivery", {"message_id": message_id, "state": fate})
                now = await self.state(conversation_id, for_desk=for_desk)
                if now != state:
                    state = now
                    yield event("state", state)
                    continue
                woken = await watcher.wait(HEARTBEAT_SECONDS)
                for frame in _typing(watcher):
                    yield frame
            if not woken:
                yield HEARTBEAT

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

    async def state(self, conversation_id: str, *, for_desk: bool = False) -> dict[str, Any]:
        """The conversation's state and, while it waits, its place in the queue.

        The desk also gets the last entry of the history, so that it hears of each new one.
        """
        conversation = await self._store.load(conversation_id)
        found: dict[str, Any] = {"state": conversation.state}
        if conversation.state is State.WAITING:
            found["queue_position"] = await self._desk.queue_position(conversation_id)
        if for_desk and (last := await self._store.last_entry(conversation_id)):
            found["history"] = last
        return found


def _as_said(messages: Sequence[Message], *, for_desk: bool) -> list[dict[str, Any]]:
    """Messages with their texts alone."""
    return [message.public(for_desk=for_desk) for message in messages]


def _typing(watcher: Watcher) -> list[str]:
    return [
        event("typing", {"role": role, "typing": typing})
        for role, typing in watcher.take_typing().items()
    ]
