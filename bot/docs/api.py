"""The API's description, as a document for programs and as a page for people."""

from __future__ import annotations

from functools import partial
from json import dumps
from pathlib import Path
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html, json

from bot.docs.description import prose, read_description, schema_name
from bot.pages import templates

if TYPE_CHECKING:
    from sanic import HTTPResponse

_FOLDER = Path(__file__).parent

blueprint = Blueprint("docs")
blueprint.static("/static/docs", _FOLDER / "static", name="docs_static")

_description = read_description()
_templates = templates(_FOLDER / "templates")
_templates.filters.update(
    json=partial(dumps, ensure_ascii=False),
    prose=prose,
    resolve=_description.resolve,
    schema_name=schema_name,
)
_page = _templates.get_template("docs.html").render(
    document=_description.document, operations=_description.operations
)


@blueprint.get("/docs/openapi.json")
async def document(_: Request) -> HTTPResponse:
    """The description itself, for programs."""
    return json(_description.document)


@blueprint.get("/docs")
async def page(_: Request) -> HTTPResponse:
    """The description as a page."""
    return html(_page)
