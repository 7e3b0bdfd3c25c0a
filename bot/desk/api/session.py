"""Logging in and out, and choosing another password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, empty, json

from bot.desk.guard import AUDITED, COOKIE, operators
from bot.errors import RequestError
from bot.http import body, services, text_field
from bot.opening import today

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_session")
AUDITED.update({"logged_in", "login_failed"})


@routes.post("/login")
async def log_in(request: Request) -> HTTPResponse:
    """Opens a session for name and password."""
    here = services(request)
    given = body(request)
    name, password = text_field(given, "name"), text_field(given, "password")
    try:
        token, session = await here.login.log_in(name, password, request.client_ip)
    except RequestError:
        # A name that nobody has may be a password in the wrong field, and is not kept.
        if await here.operators.find(name):
            await here.audit.record("login_failed", name, {})
        raise
    await here.audit.record("logged_in", session.name, {})
    return _opened(request, token, session)


@routes.post("/logout")
@operators(audit="logged_out", with_initial_password=True)
async def log_out(request: Request, _: Session) -> HTTPResponse:
    """Ends the session."""
    await services(request).operators.close_session(request.cookies.get(COOKIE) or "")
    response = empty()
    response.delete_cookie(COOKIE, path="/")
    return response


@routes.get("/me")
@operators(with_initial_password=True)
async def me(request: Request, session: Session) -> HTTPResponse:
    """Who I am, and whether the line is open."""
    here = services(request)
    now = here.clock.now()
    return json(
        {
            **_me(session),
            "open": here.calendar.is_open(now),
            "hours": today(here),
            "now": now.isoformat(timespec="seconds"),
        }
    )


@routes.post("/password")
@operators(audit="changed_password", with_initial_password=True)
async def change_password(request: Request, session: Session) -> HTTPResponse:
    """Chooses another password; sessions in other browsers end."""
    given = body(request)
    token, opened = await services(request).login.change_password(
        session.name, text_field(given, "current"), text_field(given, "new"), request.client_ip
    )
    return _opened(request, token, opened)


def _opened(request: Request, token: str, session: Session) -> HTTPResponse:
    response = json(_me(session))
    response.add_cookie(
        COOKIE,
        token,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=services(request).settings.production,
    )
    return response


def _me(session: Session) -> dict[str, Any]:
    operator = {"name": session.name, "role": session.role}
    found = {"operator": operator, "csrf_token": session.csrf}
    return {**found, "must_change": True} if session.must_change else found
