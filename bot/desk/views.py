"""Conversations as the desk's API shows them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.conversation.delivery import UNDELIVERED, DeliveryState
from bot.conversation.model import START, Role, position
from bot.errors import RequestError
from bot.live import HEARTBEAT, HEARTBEAT_SECONDS, RETRY, event

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.bootstrap import Services
    from bot.conversation.model import Conversation, Message

SETTLE_SECONDS = 0.1
"""Changes that come together are told to the desks as one."""


async def list_events(here: Services, operator: str) -> AsyncIterator[str]:
    """Tells whenever the lists changed, and once at first; who listens is present."""
    with here.hub.watch("desk") as watcher:
        yield RETRY
        woken = True
        while True:
            await here.presence.seen(operator)
            if woken:
                counts = {
                    "waiting": await here.index.queue_length(),
                    "tickets": await here.index.open_tickets(),
                }
                yield event("changed", counts)
                await asyncio.sleep(SETTLE_SECONDS)
            else:
                yield HEARTBEAT
            woken = await watcher.wait(HEARTBEAT_SECONDS)


async def summary(here: Services, conversation_id: str) -> dict[str, Any] | None:
    """A conversation for a list; None if it is gone."""
    try:
        loaded = await here.store.load(conversation_id)
    except RequestError:
        return None  # its retention time is over, the list will forget it too
    return await summed_up(here, loaded)


async def summed_up(here: Services, loaded: Conversation) -> dict[str, Any]:
    """A conversation with its place in the queue and the messages that did not arrive."""
    place = await here.index.queue_position(loaded.id)
    states = await here.outbox.states(loaded.id) if loaded.address else {}
    return loaded.summary(place, sum(state in UNDELIVERED for state in states.values()))


async def transcript(here: Services, conversation_id: str) -> list[dict[str, Any]]:
    """All that was said, with how far each message got on its way to the citizen."""
    states = await here.outbox.states(conversation_id)
    shown = position(await here.shown.last(conversation_id))
    found = []
    for message in await here.store.messages(conversation_id, START):
        state = states.get(message.id) or _fetched(message, shown)
        told = message.public(for_desk=True)
        found.append({**told, "delivery": state} if state else told)
    return found


def _fetched(message: Message, shown: tuple[int, int]) -> DeliveryState | None:
    """How far an operator's words got that no channel delivers; None for all others."""
    if message.role != Role.OPERATOR:
        return None
    return DeliveryState.SHOWN if position(message.id) <= shown else DeliveryState.STORED
