"""Tickets and opinions."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.guard import operators
from bot.desk.views import transcript
from bot.errors import bad_request
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_tickets")


@routes.get("/tickets")
@operators()
async def tickets(request: Request, _: Session) -> HTTPResponse:
    """Tickets by status."""
    status = request.args.get("status", "open")
    if status not in {"open", "answered", "all"}:
        raise bad_request("missing_field", field="status")
    found = await services(request).desk.tickets(status)
    return json({"tickets": [ticket.public() for ticket in found]})


@routes.get("/tickets/<receipt:str>")
@operators(audit="saw_ticket")
async def ticket(request: Request, _: Session, receipt: str) -> HTTPResponse:
    """A ticket with all that was said in its conversation."""
    here = services(request)
    found = await here.desk.find_ticket(receipt)
    messages = await transcript(here, found.conversation_id)
    answer = {"ticket": found.public(), "messages": messages}
    if contact := await here.contact_forms.opened(found):
        answer["contact"] = asdict(contact)
    return json(answer)


@routes.post("/tickets/<receipt:str>/answer")
@operators(audit="answered_ticket")
async def answer_ticket(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Answers a ticket; the citizen reads it in the conversation."""
    given = body(request)
    answered = await services(request).desk.answer_ticket(
        receipt,
        session.name,
        clean(given.get("text")),
        text_field(given, "client_message_id"),
    )
    return json({"ticket": answered.public()})
