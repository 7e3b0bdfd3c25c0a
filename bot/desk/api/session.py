"""Logging in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, empty, json

from bot.desk.guard import COOKIE, operators
from bot.http import body, services, text_field

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_session")


@routes.post("/login")
async def log_in(request: Request) -> HTTPResponse:
    """Opens a session for name and password."""
    here = services(request)
    given = body(request)
    name, password = text_field(given, "name"), text_field(given, "password")
    token, session = await here.login.log_in(name, password, request.client_ip)
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


@routes.post("/logout")
@operators(audit="logged_out")
async def log_out(request: Request, _: Session) -> HTTPResponse:
    """Ends the session."""
    await services(request).operators.close_session(request.cookies.get(COOKIE) or "")
    response = empty()
    response.delete_cookie(COOKIE, path="/")
    return response


@routes.get("/me")
@operators()
async def me(request: Request, session: Session) -> HTTPResponse:
    """Who I am, and whether the line is open."""
    here = services(request)
    now = here.clock.now()
    is_open = here.settings.opening_hours.is_open(now)
    return json({**_me(session), "open": is_open, "now": now.isoformat(timespec="seconds")})


def _me(session: Session) -> dict[str, Any]:
    operator = {"name": session.name, "role": session.role}
    return {"operator": operator, "csrf_token": session.csrf}
