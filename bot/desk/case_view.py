"""One conversation with everything that its operator needs to see."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot.desk.views import summed_up, transcript
from bot.desk.words import Place
from bot.opening import today

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.conversation.model import Conversation, Ticket


async def case(here: Services, loaded: Conversation, operator: str) -> dict[str, Any]:
    """What was said and what happened, tickets, feedback, and what fills canned replies."""
    summary, messages, history, tickets, given = await asyncio.gather(
        summed_up(here, loaded),
        transcript(here, loaded.id),
        here.store.history(loaded.id),
        here.store.tickets(loaded.id),
        here.store.feedback(loaded.id),
    )
    return {
        "conversation": summary,
        "messages": messages,
        "history": [entry.public() for entry in history],
        "tickets": [ticket.public() for ticket in tickets],
        "feedback": [{"message_id": one, **feedback} for one, feedback in given.items()],
        "places": places(here, loaded, tickets, operator),
    }


def places(
    here: Services, loaded: Conversation, tickets: list[Ticket], operator: str
) -> dict[str, str]:
    """Placeholder as it is written → what fills it in this conversation; others have nothing."""
    values = {
        Place.RECEIPT: tickets[-1].receipt if tickets else None,
        Place.TOPIC: here.knowledge.names.get(loaded.topic or ""),
        Place.OPERATOR: operator,
        Place.HOURS: today(here),
        Place.PHONE: here.call_line.phone,
        Place.FAX: here.call_line.fax,
    }
    words = here.desk_words.placeholders
    return {words[place]: value for place, value in values.items() if value}
