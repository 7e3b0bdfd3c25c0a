"""One conversation: read, claim, answer, hand back, close."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, empty, json

from bot.conversation.model import Role
from bot.desk.guard import operators
from bot.desk.views import summed_up, transcript
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_conversations")


@routes.get("/conversations/<conversation_id:str>")
@operators(audit="saw")
async def conversation(request: Request, _: Session, conversation_id: str) -> HTTPResponse:
    """A conversation with all that was said."""
    here = services(request)
    loaded = await here.store.load(conversation_id)
    return json(
        {
            "conversation": await summed_up(here, loaded),
            "messages": await transcript(here, conversation_id),
        }
    )


@routes.post("/conversations/<conversation_id:str>/claim")
@operators(audit="claimed")
async def claim(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Takes a waiting conversation."""
    changed = await services(request).desk.claim(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@routes.post("/conversations/<conversation_id:str>/messages")
@operators(audit="answered")
async def answer(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Writes to the citizen."""
    given = body(request)
    message_id = await services(request).desk.answer(
        conversation_id,
        session.name,
        clean(given.get("text")),
        text_field(given, "client_message_id"),
    )
    return json({"message_id": message_id}, status=202)


@routes.post("/conversations/<conversation_id:str>/return")
@operators(audit="returned")
async def give_back(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Hands the conversation back to the bot."""
    changed = await services(request).desk.return_to_bot(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@routes.post("/conversations/<conversation_id:str>/close")
@operators(audit="closed")
async def close(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Ends the conversation."""
    changed = await services(request).desk.close(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@routes.post("/conversations/<conversation_id:str>/typing")
@operators()
async def typing(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Shows the citizen for some seconds that the operator writes."""
    here = services(request)
    await here.desk.check_owner(conversation_id, session.name)
    await here.live.typing(conversation_id, Role.OPERATOR, typing=True)
    return empty()
