"""The desk's pages as HTML."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanic import html

from bot.pages import templates

if TYPE_CHECKING:
    from jinja2 import Template
    from sanic import HTTPResponse, Request

    from bot.desk.accounts import Session

_templates = templates(Path(__file__).parent / "templates")


def template(name: str) -> Template:
    """A template of the desk."""
    return _templates.get_template(name)


def shown(
    request: Request,
    session: Session,
    name: str,
    status: int = 200,
    **values: Any,  # noqa: ANN401 - whatever the template shows
) -> HTTPResponse:
    """A page for whoever is logged in."""
    written = template(name).render(
        csrf_token=session.csrf,
        operator_name=session.name,
        operator_role=session.role,
        must_change=session.must_change,
        path=request.path,
        **values,
    )
    return html(written, status=status, headers={"cache-control": "no-store"})
