"""The desk's lists of conversations, and the signal that they changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.guard import operators
from bot.desk.service import LIST_LIMIT
from bot.desk.views import list_events, summary
from bot.errors import bad_request
from bot.http import send_events, services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_lists")


@routes.get("/conversations")
@operators()
async def conversations(request: Request, session: Session) -> HTTPResponse:
    """One of the desk's lists."""
    here = services(request)
    view = request.args.get("view", "waiting")
    if view not in {"waiting", "mine", "active", "recent"}:
        raise bad_request("missing_field", field="view")
    found = await here.index.conversations("active" if view == "mine" else view, LIST_LIMIT)
    summaries = [await summary(here, conversation_id) for conversation_id in found]
    shown = [s for s in summaries if s and (view != "mine" or s["owner"] == session.name)]
    return json({"conversations": shown})


@routes.get("/events")
@operators()
async def follow_lists(request: Request, session: Session) -> None:
    """Tells the desk whenever its lists changed, as server-sent events."""
    await send_events(request, list_events(services(request), session.name))
