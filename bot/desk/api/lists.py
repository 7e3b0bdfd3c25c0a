"""The desk's lists of conversations, and the stream that keeps an open desk up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.adapters.redis.desk_index import Cursor
from bot.desk.guard import operators
from bot.errors import bad_request
from bot.http import cursor, send_events, services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_lists")

PAGE = 50
MAX_PAGE = 100
_LISTS = {
    "waiting": "waiting",
    "mine": "owner:{name}",
    "active": "active",
    "all": "recent",
    "closed": "closed",
}
"""View → list of the index."""


@routes.get("/conversations")
@operators()
async def conversations(request: Request, session: Session) -> HTTPResponse:
    """One page of one of the desk's lists."""
    here = services(request)
    view = request.args.get("view", "waiting")
    if view not in _LISTS:
        raise bad_request("missing_field", field="view")
    which = _LISTS[view].format(name=session.name)
    found, more = await here.index.conversations(which, _limit(request), _after(request))
    lines = await here.summaries.read(found)
    # What is kept no more leaves the lists soon, too.
    shown = [line for line in lines if line is not None]
    return json({"conversations": shown, "next": str(more) if more else None})


@routes.get("/events")
@operators()
async def follow(request: Request, session: Session) -> None:
    """The lists and the open conversation as they go on, as server-sent events."""
    after = cursor(request.headers.get("last-event-id") or request.args.get("after"))
    conversation_id = request.args.get("conversation")
    await send_events(
        request, services(request).desk_stream.events(session.name, conversation_id, after)
    )


def _limit(request: Request) -> int:
    given = request.args.get("limit", str(PAGE))
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:4]) <= MAX_PAGE):
        raise bad_request("missing_field", field="limit")
    return int(given)


def _after(request: Request) -> Cursor | None:
    given = request.args.get("cursor")
    try:
        return Cursor.parse(given) if given else None
    except ValueError as error:
        raise bad_request("missing_field", field="cursor") from error
