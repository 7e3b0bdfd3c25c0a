"""Canned replies: read, write and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, empty, json

from bot.desk.guard import operators, supervisors
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_canned")


@routes.get("/canned")
@operators()
async def canned(request: Request, session: Session) -> HTTPResponse:
    """My canned replies and the shared ones."""
    found = await services(request).canned.of(session.name)
    return json({"canned": [one.public() for one in found]})


@routes.put("/canned/own/<canned_id:str>")
@operators(audit="changed_canned")
async def keep_own(request: Request, session: Session, canned_id: str) -> HTTPResponse:
    """Writes one of mine."""
    return await _keep(request, session.name, canned_id)


@routes.delete("/canned/own/<canned_id:str>")
@operators(audit="removed_canned")
async def remove_own(request: Request, session: Session, canned_id: str) -> HTTPResponse:
    """Removes one of mine."""
    await services(request).canned.remove(session.name, canned_id)
    return empty()


@routes.put("/canned/shared/<canned_id:str>")
@supervisors(audit="changed_shared_canned")
async def keep_shared(request: Request, _: Session, canned_id: str) -> HTTPResponse:
    """Writes a shared one."""
    return await _keep(request, None, canned_id)


@routes.delete("/canned/shared/<canned_id:str>")
@supervisors(audit="removed_shared_canned")
async def remove_shared(request: Request, _: Session, canned_id: str) -> HTTPResponse:
    """Removes a shared one."""
    await services(request).canned.remove(None, canned_id)
    return empty()


async def _keep(request: Request, operator: str | None, canned_id: str) -> HTTPResponse:
    given = body(request)
    title, text = clean(text_field(given, "title")), clean(given.get("text"))
    kept = await services(request).canned.keep(operator, canned_id, title, text)
    return json({"canned": kept.public()})
