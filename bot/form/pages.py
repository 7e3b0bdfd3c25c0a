"""The contact form's pages: plain HTML that works without scripts."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html

from bot.errors import RequestError
from bot.form.contact import MAX_NAME, MAX_REACH, Contact, read_contact
from bot.http import filled_in, services
from bot.opening import opening
from bot.pages import templates
from bot.text import MAX_CHARACTERS

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services

_FOLDER = Path(__file__).parent

blueprint = Blueprint("form")
blueprint.static("/static/form", _FOLDER / "static", name="form_static")
_templates = templates(_FOLDER / "templates")


@blueprint.get("/form/<token:str>")
async def show(request: Request, token: str) -> HTTPResponse:
    """The empty form; once it was sent, its receipt number."""
    here = services(request)
    if await _owner(here, token) is None:
        return _gone(here)
    receipt = await here.forms.receipt(token)
    return _received(here, receipt) if receipt else _form(here, Contact(), {})


@blueprint.post("/form/<token:str>")
async def take(request: Request, token: str) -> HTTPResponse:
    """Takes the form, or shows it again with what is missing."""
    here = services(request)
    conversation_id = await _owner(here, token)
    if conversation_id is None:
        return _gone(here)
    contact, problems = read_contact(filled_in(request))
    if problems:
        return _form(here, contact, problems)
    try:
        receipt = await here.contact_forms.submit(token, conversation_id, contact)
    except RequestError:
        return _gone(here)
    return _received(here, receipt)


async def _owner(here: Services, token: str) -> str | None:
    return await here.forms.conversation_id(token)


def _form(here: Services, contact: Contact, problems: dict[str, str]) -> HTTPResponse:
    texts = {name: here.wording.render(key) for name, key in problems.items()}
    status = HTTPStatus.UNPROCESSABLE_ENTITY if texts else HTTPStatus.OK
    limits = {"name": MAX_NAME, "reach": MAX_REACH, "message": MAX_CHARACTERS}
    return _page(here, "form.html", status, contact=contact, problems=texts, limits=limits)


def _received(here: Services, receipt: str) -> HTTPResponse:
    return _page(here, "received.html", HTTPStatus.OK, receipt=receipt)


def _gone(here: Services) -> HTTPResponse:
    return _page(here, "gone.html", HTTPStatus.NOT_FOUND)


def _page(here: Services, name: str, status: HTTPStatus, **values: object) -> HTTPResponse:
    line = here.call_line
    page = _templates.get_template(name).render(phone=line.phone, opening=opening(here), **values)
    headers = {"cache-control": "no-store", "x-robots-tag": "noindex"}
    return html(page, status=status, headers=headers)
