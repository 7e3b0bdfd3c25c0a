"""The desk's API (docs/architecture.md)."""

from __future__ import annotations

import hmac
from dataclasses import asdict
from functools import wraps
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, empty, json

from bot.conversation.model import Role
from bot.desk.service import LIST_LIMIT
from bot.desk.views import list_events, summary, summed_up, transcript
from bot.errors import bad_request, forbidden, unauthorized
from bot.http import body, cursor, send_events, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sanic import HTTPResponse

    from bot.desk.accounts import Session

    Handler = Callable[..., Awaitable[HTTPResponse | None]]

blueprint = Blueprint("desk", url_prefix="/api/desk")

COOKIE = "desk_session"


def logged_in(handler: Handler) -> Handler:
    """Lets operators in alone, and writing requests only with the session's CSRF token."""

    @wraps(handler)
    async def guarded(request: Request, **path: str) -> HTTPResponse | None:
        session = await current_session(request)
        if session is None:
            raise unauthorized("login_required")
        if request.method != "GET":
            given = request.headers.get("x-csrf-token", "").encode(errors="surrogateescape")
            if not hmac.compare_digest(given, session.csrf.encode()):
                raise forbidden("csrf")
        return await handler(request, session, **path)

    return guarded


async def current_session(request: Request) -> Session | None:
    """Who asks, by the session cookie."""
    token = request.cookies.get(COOKIE)
    return await services(request).operators.session(token) if token else None


@blueprint.post("/login")
async def log_in(request: Request) -> HTTPResponse:
    """Opens a session for name and password."""
    here = services(request)
    given = body(request)
    name, password = text_field(given, "name"), text_field(given, "password")
    token, session = await here.login.log_in(name, password, request.ip)
    response = json(_me(session))
    response.add_cookie(
        COOKIE,
        token,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=here.settings.production,
    )
    return response


@blueprint.post("/logout")
@logged_in
async def log_out(request: Request, _: Session) -> HTTPResponse:
    """Ends the session."""
    await services(request).operators.close_session(request.cookies.get(COOKIE) or "")
    response = empty()
    response.delete_cookie(COOKIE, path="/")
    return response


@blueprint.get("/me")
@logged_in
async def me(request: Request, session: Session) -> HTTPResponse:
    """Who I am, and whether the line is open."""
    here = services(request)
    now = here.clock.now()
    is_open = here.settings.opening_hours.is_open(now)
    return json({**_me(session), "open": is_open, "now": now.isoformat(timespec="seconds")})


@blueprint.get("/conversations")
@logged_in
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


@blueprint.get("/conversations/<conversation_id:str>")
@logged_in
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


@blueprint.post("/conversations/<conversation_id:str>/claim")
@logged_in
async def claim(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Takes a waiting conversation."""
    changed = await services(request).desk.claim(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@blueprint.post("/conversations/<conversation_id:str>/messages")
@logged_in
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


@blueprint.post("/conversations/<conversation_id:str>/return")
@logged_in
async def give_back(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Hands the conversation back to the bot."""
    changed = await services(request).desk.return_to_bot(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@blueprint.post("/conversations/<conversation_id:str>/close")
@logged_in
async def close(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Ends the conversation."""
    changed = await services(request).desk.close(conversation_id, session.name)
    return json({"conversation": await summed_up(services(request), changed)})


@blueprint.post("/conversations/<conversation_id:str>/typing")
@logged_in
async def typing(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Shows the citizen for some seconds that the operator writes."""
    here = services(request)
    await here.desk.check_owner(conversation_id, session.name)
    await here.live.typing(conversation_id, Role.OPERATOR, typing=True)
    return empty()


@blueprint.get("/conversations/<conversation_id:str>/events")
@logged_in
async def follow(request: Request, _: Session, conversation_id: str) -> None:
    """The conversation as it goes on, as server-sent events."""
    after = cursor(request.headers.get("last-event-id") or request.args.get("after"))
    here = services(request)
    await here.store.load(conversation_id)
    await send_events(request, here.stream.events(conversation_id, after, for_desk=True))


@blueprint.get("/events")
@logged_in
async def follow_lists(request: Request, _: Session) -> None:
    """Tells the desk whenever its lists changed, as server-sent events."""
    await send_events(request, list_events(services(request)))


@blueprint.get("/tickets")
@logged_in
async def tickets(request: Request, _: Session) -> HTTPResponse:
    """Tickets by status."""
    status = request.args.get("status", "open")
    if status not in {"open", "answered", "all"}:
        raise bad_request("missing_field", field="status")
    found = await services(request).desk.tickets(status)
    return json({"tickets": [ticket.public() for ticket in found]})


@blueprint.get("/tickets/<receipt:str>")
@logged_in
async def ticket(request: Request, _: Session, receipt: str) -> HTTPResponse:
    """A ticket with all that was said in its conversation."""
    here = services(request)
    found = await here.desk.find_ticket(receipt)
    messages = await transcript(here, found.conversation_id)
    answer = {"ticket": found.public(), "messages": messages}
    if contact := await here.contact_forms.opened(found):
        answer["contact"] = asdict(contact)
    return json(answer)


@blueprint.post("/tickets/<receipt:str>/answer")
@logged_in
async def answer_ticket(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Answers a ticket; the citizen reads it in the conversation."""
    given = body(request)
    answered = await services(request).desk.answer_ticket(
        receipt,
        session.name,
        clean(given.get("text")),
        text_field(given, "client_message_id"),
    )
    return json({"ticket": answered.public()})


def _me(session: Session) -> dict[str, Any]:
    operator = {"name": session.name, "role": session.role}
    return {"operator": operator, "csrf_token": session.csrf}
