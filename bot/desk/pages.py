"""The desk itself and its login; everything on them is fetched from the desk's API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html, redirect

from bot.desk.accounts import OperatorRole
from bot.desk.guard import current_session, page
from bot.desk.rendering import shown, template
from bot.desk.report import names
from bot.http import services
from bot.opening import today

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

_SCRIPT_WORDS = {"dispositions", "handoff_reasons", "happenings", "placeholders"}

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
        opening_hours=today(here),
        waiting_target=here.settings.waiting_target_seconds,
        operator_may_share=session.role == OperatorRole.SUPERVISOR,
        desk_words=here.desk_words,
        names={
            "initiatives": called.initiatives,
            "facets": called.facets,
            **here.desk_words.model_dump(mode="json", include=_SCRIPT_WORDS),
        },
    )


@blueprint.get("/desk/login")
async def login(request: Request) -> HTTPResponse:
    """The login, or the way to the desk."""
    if await current_session(request) is not None:
        return redirect("/desk")
    return html(template("login.html").render())
