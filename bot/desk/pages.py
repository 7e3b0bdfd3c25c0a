"""The desk itself and its login; everything on them is fetched from the desk's API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html, redirect

from bot.desk.guard import current_session, page
from bot.desk.rendering import shown, template
from bot.desk.report import names
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

blueprint = Blueprint("desk_pages")
blueprint.static("/static/desk", Path(__file__).parent / "static", name="desk_static")


@blueprint.get("/desk")
@page()
async def desk(request: Request, session: Session) -> HTTPResponse:
    """The desk, or the way to the login."""
    here = services(request)
    called = names(here)
    return shown(
        request,
        session,
        "desk.html",
        opening_hours=str(here.settings.opening_hours),
        names={"initiatives": called.initiatives, "facets": called.facets},
    )


@blueprint.get("/desk/login")
async def login(request: Request) -> HTTPResponse:
    """The login, or the way to the desk."""
    if await current_session(request) is not None:
        return redirect("/desk")
    return html(template("login.html").render())
