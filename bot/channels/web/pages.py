"""The city's pages around the chat, and the chat's own furniture for any page that embeds it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, html

from bot.channels.web.readings import bare, ruby
from bot.channels.web.site import in_words, load_accessibility_test, load_site
from bot.http import services
from bot.opening import opening
from bot.pages import templates

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services

_FOLDER = Path(__file__).parent

blueprint = Blueprint("citizen_pages")
blueprint.static("/static/web", _FOLDER / "static", name="web_static")
_templates = templates(_FOLDER / "templates")
_templates.filters.update(in_words=in_words, ruby=ruby, bare=bare)
_templates.globals.update(
    site=load_site(),
    test=load_accessibility_test(),
    modules=sorted(path.name for path in (_FOLDER / "static").glob("*.js")),
)


@blueprint.get("/")
async def page(request: Request) -> HTTPResponse:
    """The page with the chat on it."""
    return html(render(services(request), "index.html"))


@blueprint.get("/policy")
async def policy(request: Request) -> HTTPResponse:
    """運用ポリシー: what the chat is for, and on what terms."""
    return html(render(services(request), "policy.html"))


@blueprint.get("/privacy")
async def privacy(request: Request) -> HTTPResponse:
    """プライバシー: what is kept, how long, and who reads it."""
    return html(render(services(request), "privacy.html"))


@blueprint.get("/accessibility")
async def accessibility(request: Request) -> HTTPResponse:
    """ウェブアクセシビリティ方針, with the test results."""
    return html(render(services(request), "accessibility.html"))


@blueprint.get("/chat/window")
async def window(request: Request) -> HTTPResponse:
    """The chat's furniture and words, which the component fetches into its shadow root."""
    return html(render(services(request), "chat.html"), headers={"cache-control": "max-age=60"})


def render(here: Services, name: str, **values: Any) -> str:  # noqa: ANN401 - for the template
    """A page with what all pages know: hours, telephone, how long conversations are kept."""
    line = here.call_line
    return _templates.get_template(name).render(
        opening=opening(here),
        phone=line.phone,
        fax=line.fax,
        as_of=line.as_of_in_words,
        retention_days=here.settings.retention_days,
        **values,
    )
