"""What helps to answer: suggested answers, and colleagues to hand on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.guard import operators
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_suggestions")


@routes.get("/conversations/<conversation_id:str>/suggestions")
@operators()
async def suggestions(request: Request, _: Session, conversation_id: str) -> HTTPResponse:
    """Answers from the knowledge to what the citizen wrote last."""
    here = services(request)
    loaded = await here.store.load(conversation_id)
    found = await here.suggestions.for_last_words(loaded)
    return json({"suggestions": [one.public() for one in found]})


@routes.get("/colleagues")
@operators()
async def colleagues(request: Request, session: Session) -> HTTPResponse:
    """Who else works at the desk, and who of them has it open."""
    here = services(request)
    present = set(await here.presence.present())
    others = [name for name in await here.operators.names() if name != session.name]
    return json({"colleagues": [{"name": name, "present": name in present} for name in others]})
