"""The record of one conversation as a file."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json, raw

from bot.conversation.personal import mask
from bot.desk.export import as_text, record
from bot.desk.guard import AUDITED, operators, supervisors
from bot.errors import bad_request
from bot.http import body, services
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.desk.accounts import Session
    from bot.desk.export import Record

routes = Blueprint("desk_export")
AUDITED.add("exported_unmasked")
MAX_REASON = 200


@routes.get("/conversations/<conversation_id:str>/export")
@operators(audit="exported")
async def export(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """The record with personal data masked."""
    how = _format(request.args.get("format", "text"))
    here = services(request)
    found = await record(here, conversation_id, session.name, masked=True)
    return _file(here, found, how)


@routes.post("/conversations/<conversation_id:str>/export")
@supervisors()
async def export_unmasked(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """The record with all that is personal; the audit log keeps the reason."""
    here = services(request)
    given = body(request)
    how = _format(given.get("format"))
    reason = clean(given.get("reason"))
    found = await record(here, conversation_id, session.name, masked=False)
    kept = mask(reason, here.call_line.numbers)[:MAX_REASON]
    subject = {"conversation_id": conversation_id, "reason": kept}
    await here.audit.record("exported_unmasked", session.name, subject)
    return _file(here, found, how)


def _format(given: object) -> str:
    if given not in ("text", "json"):
        raise bad_request("missing_field", field="format")
    return str(given)


def _file(here: Services, found: Record, how: str) -> HTTPResponse:
    ending = "txt" if how == "text" else "json"
    name = f'attachment; filename="conversation-{found.conversation_id}.{ending}"'
    headers = {"content-disposition": name}
    if how == "json":
        return json(asdict(found), headers=headers, ensure_ascii=False)
    text = as_text(found, here.desk_words).encode()
    return raw(text, content_type="text/plain; charset=utf-8", headers=headers)
