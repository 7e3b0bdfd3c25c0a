"""Conversations as the desk's API shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.conversation.model import START

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.conversation.model import Conversation


async def summed_up(here: Services, loaded: Conversation) -> dict[str, Any]:
    """A conversation with its place in the queue, undelivered messages, and who looks at it."""
    return await here.summaries.of(loaded)


async def transcript(here: Services, conversation_id: str) -> list[dict[str, Any]]:
    """All that was said; on a channel that delivers, with how far each message got."""
    states = await here.outbox.states(conversation_id)
    messages = [message.public() for message in await here.store.messages(conversation_id, START)]
    for message in messages:
        if state := states.get(message["id"]):
            message["delivery"] = state
    return messages
