"""Tickets and opinions: lists, one of them, and what is done with it."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import unquote

from sanic import Blueprint, Request, json

from bot.conversation.hours import TOKYO
from bot.conversation.model import TicketKind
from bot.desk.guard import operators
from bot.desk.ticket_lists import TicketQuery, TicketView
from bot.desk.views import transcript
from bot.errors import bad_request
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.conversation.model import Ticket
    from bot.desk.accounts import Session

routes = Blueprint("desk_tickets")

PAGE = 50
MAX_PAGE = 200
_Choice = TypeVar("_Choice", TicketView, TicketKind)
_YEARS = range(2000, 2100)
_CURSOR = re.compile(r"[\w :.-]{1,200}", re.ASCII)


@routes.get("/tickets")
@operators()
async def tickets(request: Request, _: Session) -> HTTPResponse:
    """One page of a list."""
    here = services(request)
    query = _query(request, here.clock.now())
    found, after = await here.ticket_index.page(query)
    return json({"tickets": [ticket.public() for ticket in found], "next": after})


@routes.get("/tickets/<receipt:str>")
@operators(audit="saw_ticket")
async def ticket(request: Request, _: Session, receipt: str) -> HTTPResponse:
    """A ticket with all that was said in its conversation, and to whom it can be given."""
    here = services(request)
    found = await here.tickets.find(unquote(receipt))
    answer = {
        "ticket": found.public(),
        "messages": await transcript(here, found.conversation_id),
        "operators": await here.operators.names(),
    }
    if contact := await here.contact_forms.opened(found):
        answer["contact"] = asdict(contact)
    return json(answer)


@routes.post("/tickets/<receipt:str>/assign")
@operators(audit="assigned_ticket")
async def assign(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Gives a ticket to an operator, or to nobody."""
    given = body(request)
    to = None if given.get("assignee") is None else text_field(given, "assignee")
    seen = _version(given)
    return _changed(await services(request).tickets.assign(receipt, session.name, to, seen))


@routes.post("/tickets/<receipt:str>/due")
@operators(audit="set_ticket_due")
async def set_due(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Says when a ticket is to be finished."""
    given = body(request)
    due, seen = _moment(given), _version(given)
    return _changed(await services(request).tickets.set_due(receipt, session.name, due, seen))


@routes.post("/tickets/<receipt:str>/close")
@operators(audit="closed_ticket")
async def close(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Ends a ticket without an answer."""
    given = body(request)
    reason, seen = clean(given.get("reason")), _version(given)
    return _changed(await services(request).tickets.close(receipt, session.name, reason, seen))


@routes.post("/tickets/<receipt:str>/reopen")
@operators(audit="reopened_ticket")
async def reopen(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Takes up again what was closed without an answer."""
    seen = _version(body(request))
    return _changed(await services(request).tickets.reopen(receipt, session.name, seen))


@routes.post("/tickets/<receipt:str>/answer")
@operators(audit="answered_ticket")
async def answer_ticket(request: Request, session: Session, receipt: str) -> HTTPResponse:
    """Answers a ticket; the citizen reads it in the conversation."""
    given = body(request)
    answered = await services(request).tickets.answer(
        receipt,
        session.name,
        clean(given.get("text")),
        text_field(given, "client_message_id"),
        _version(given) if "version" in given else None,
    )
    return _changed(answered)


def _changed(ticket: Ticket) -> HTTPResponse:
    return json({"ticket": ticket.public()})


def _query(request: Request, now: datetime) -> TicketQuery:
    """The page that is asked for.

    Raises:
        RequestError: 400, naming the parameter that will not do.
    """
    given = {name: str(request.args.get(name, "")) for name in request.args}
    overdue = given.get("overdue")
    if overdue not in {None, "true", "false"}:
        raise bad_request("missing_field", field="overdue")
    return TicketQuery(
        view=_one_of(TicketView, given, "status") or TicketView.UNFINISHED,
        kind=_one_of(TicketKind, given, "kind"),
        assignee=text_field(given, "assignee") if "assignee" in given else None,
        due_before=now if overdue == "true" else None,
        cursor=_matching(_CURSOR, given, "cursor"),
        limit=_limit(given.get("limit", str(PAGE))),
    )


def _one_of(values: type[_Choice], given: dict[str, str], name: str) -> _Choice | None:
    if name not in given:
        return None
    try:
        return values(given[name])
    except ValueError as error:
        raise bad_request("missing_field", field=name) from error


def _matching(form: re.Pattern[str], given: dict[str, str], name: str) -> str:
    text = given.get(name, "")
    if text and not form.fullmatch(text):
        raise bad_request("missing_field", field=name)
    return text


def _limit(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MAX_PAGE):
        raise bad_request("missing_field", field="limit")
    return int(text)


def _version(given: dict[str, Any]) -> int:
    """The version of the ticket that the operator decided on."""
    version = given.get("version")
    if not isinstance(version, int) or isinstance(version, bool):
        raise bad_request("missing_field", field="version")
    return version


def _moment(given: dict[str, Any]) -> datetime:
    """A moment with its offset, in Tokyo's time."""
    text = given.get("due_at")
    try:
        moment = datetime.fromisoformat(text if isinstance(text, str) else "")
    except ValueError as error:
        raise bad_request("missing_field", field="due_at") from error
    if moment.tzinfo is None or moment.year not in _YEARS:
        raise bad_request("missing_field", field="due_at")
    return moment.astimezone(TOKYO)
