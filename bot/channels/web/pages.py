"""The citizen's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html

from bot.http import services
from bot.opening import opening
from bot.pages import templates

if TYPE_CHECKING:
    from sanic import HTTPResponse

_FOLDER = Path(__file__).parent

blueprint = Blueprint("citizen_pages")
blueprint.static("/static/web", _FOLDER / "static", name="web_static")
_templates = templates(_FOLDER / "templates")


@blueprint.get("/")
async def page(request: Request) -> HTTPResponse:
    """The page with the chat on it."""
    here = services(request)
    line = here.call_line
    return html(
        _templates.get_template("index.html").render(
            opening=opening(here),
            phone=line.phone,
            fax=line.fax,
            as_of=line.as_of_in_words,
        )
    )
