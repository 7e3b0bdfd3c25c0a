"""One conversation: read, claim, answer, hand on, close, reopen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, empty, json

from bot.conversation.model import Disposition, Role
from bot.desk.case_view import case
from bot.desk.decisions import Owner
from bot.desk.guard import operators, supervisors
from bot.desk.views import summed_up
from bot.errors import bad_request
from bot.http import body, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from typing import Any

    from sanic import HTTPResponse

    from bot.conversation.model import Conversation
    from bot.desk.accounts import Session

routes = Blueprint("desk_conversations")


@routes.get("/conversations/<conversation_id:str>")
@operators(audit="saw")
async def conversation(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """A conversation with all that was said and all that happened."""
    here = services(request)
    return json(await case(here, await here.store.load(conversation_id), session.name))


@routes.post("/conversations/<conversation_id:str>/claim")
@operators(audit="claimed")
async def claim(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Takes a waiting conversation."""
    return await _changed(
        request, await services(request).desk.claim(conversation_id, session.name)
    )


@routes.post("/conversations/<conversation_id:str>/reopen")
@operators(audit="reopened")
async def reopen(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Takes a closed conversation up again."""
    return await _changed(
        request, await services(request).desk.reopen(conversation_id, session.name)
    )


@routes.post("/conversations/<conversation_id:str>/messages")
@operators(audit="answered")
async def answer(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Writes to the citizen."""
    given = body(request)
    message_id = await services(request).desk.answer(
        conversation_id,
        _owner(session, given),
        clean(given.get("text")),
        text_field(given, "client_message_id"),
    )
    return json({"message_id": message_id}, status=202)


@routes.post("/conversations/<conversation_id:str>/transfer")
@operators(audit="transferred")
async def transfer(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Gives the conversation to a colleague."""
    given = body(request)
    to, note = text_field(given, "to"), _note(given)
    owner = _owner(session, given)
    changed = await services(request).desk.transfer(conversation_id, owner, to, note)
    return await _changed(request, changed)


@routes.post("/conversations/<conversation_id:str>/take-over")
@supervisors(audit="took_over")
async def take_over(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Takes the conversation from a colleague who does not come back to it."""
    return await _changed(
        request, await services(request).desk.take_over(conversation_id, session.name)
    )


@routes.post("/conversations/<conversation_id:str>/requeue")
@operators(audit="requeued")
async def requeue(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Puts the conversation back into the queue."""
    given = body(request)
    owner, note = _owner(session, given), _note(given)
    return await _changed(
        request, await services(request).desk.requeue(conversation_id, owner, note)
    )


@routes.post("/conversations/<conversation_id:str>/return")
@operators(audit="returned")
async def give_back(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Hands the conversation back to the bot."""
    owner = _owner(session, body(request))
    return await _changed(
        request, await services(request).desk.return_to_bot(conversation_id, owner)
    )


@routes.post("/conversations/<conversation_id:str>/close")
@operators(audit="closed")
async def close(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Ends the conversation, saying how it ended."""
    given = body(request)
    owner, disposition, note = _owner(session, given), _disposition(given), _note(given)
    changed = await services(request).desk.close(conversation_id, owner, disposition, note)
    return await _changed(request, changed)


@routes.post("/conversations/<conversation_id:str>/typing")
@operators()
async def typing(request: Request, session: Session, conversation_id: str) -> HTTPResponse:
    """Shows the citizen for some seconds that the operator writes."""
    here = services(request)
    await here.desk.check_owner(conversation_id, session.name)
    await here.live.typing(conversation_id, Role.OPERATOR, typing=True)
    return empty()


async def _changed(request: Request, changed: Conversation) -> HTTPResponse:
    return json({"conversation": await summed_up(services(request), changed)})


def _owner(session: Session, given: dict[str, Any]) -> Owner:
    """Who writes; a page that names no claim is as good as one that shows an old one."""
    claim_id = given.get("claim_id")
    return Owner(session.name, claim_id if isinstance(claim_id, str) else None)


def _note(given: dict[str, Any]) -> str:
    """A note to go with what is done; there need be none."""
    return clean(given["note"]) if given.get("note") else ""


def _disposition(given: dict[str, Any]) -> Disposition:
    """How it ended; not to say is to say `other`."""
    try:
        return Disposition(given.get("disposition", Disposition.OTHER))
    except ValueError as error:
        raise bad_request("missing_field", field="disposition") from error
