"""The desk's pages; everything on them is fetched from the desk's API."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html, redirect

from bot.desk.guard import current_session
from bot.http import services
from bot.knowledge.schema import Facet
from bot.pages import templates

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services

_FOLDER = Path(__file__).parent

blueprint = Blueprint("desk_pages")
blueprint.static("/static/desk", _FOLDER / "static", name="desk_static")
_templates = templates(_FOLDER / "templates")


@blueprint.get("/desk")
async def desk(request: Request) -> HTTPResponse:
    """The desk, or the way to the login."""
    session = await current_session(request)
    if session is None:
        return redirect("/desk/login")
    here = services(request)
    return html(
        _templates.get_template("desk.html").render(
            csrf_token=session.csrf,
            operator_name=session.name,
            operator_role=session.role,
            waiting_target=here.settings.waiting_target_seconds,
            opening_hours=str(here.settings.opening_hours),
            names={"initiatives": here.knowledge.names, "facets": _facets(here)},
        )
    )


def _facets(here: Services) -> dict[str, str]:
    return {facet: here.wording.render(f"facet_{facet}") for facet in Facet}


@blueprint.get("/desk/login")
async def login(request: Request) -> HTTPResponse:
    """The login, or the way to the desk."""
    if await current_session(request) is not None:
        return redirect("/desk")
    return html(_templates.get_template("login.html").render())
