"""Private notes about a conversation, which its citizen never sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, empty

from bot.desk.guard import operators
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_notes")


@routes.post("/conversations/<conversation_id:str>/notes")
@operators(audit="noted")
async def note(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Keeps a note; any operator may, whoever has the conversation."""
    given = body(request)
    text, own = clean(given.get("text")), text_field(given, "client_message_id")
    await services(request).desk.note(conversation_id, session.name, text, own)
    return empty()
