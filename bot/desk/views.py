"""Conversations as the desk's API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.conversation.delivery import DeliveryState
from bot.conversation.model import START, Role, position

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.conversation.model import Conversation, Message


async def summed_up(here: Services, loaded: Conversation) -> dict[str, Any]:
    """A conversation with its place in the queue, undelivered messages, and who looks at it."""
    return await here.summaries.of(loaded)


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
