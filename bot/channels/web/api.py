"""The citizen's API: begin a conversation, say something, read and follow it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from sanic import Blueprint, Request, empty, json

from bot.adapters.redis.receipts import unknown_receipt
from bot.channels.web.showing import asked_for
from bot.conversation import replies
from bot.conversation.model import (
    WITH_PEOPLE,
    Conversation,
    Incoming,
    Intent,
    Role,
    position,
)
from bot.conversation.personal import mask
from bot.conversation.receipts import normal
from bot.errors import bad_request, not_found, unauthorized
from bot.http import body, cursor, send_events, services, text_field
from bot.text import clean

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.conversation.model import Offer

blueprint = Blueprint("citizen", url_prefix="/api/conversations")

CHANNEL = "web"
COOKIE = "conversation_token"
MAX_COMMENT = 500
PERSON = "person"
"""The choice that is open at any time: to speak with a person, understood without the engine."""
SAFETY_SECONDS = 5.0
"""A message is on the work list before it is stored; if the gateway dies in between, it is found
there so many seconds later."""


@blueprint.post("/")
async def begin(request: Request) -> HTTPResponse:
    """Begins a conversation; the token in the answer opens it from now on."""
    here = services(request)
    conversation_id, token = await new_conversation(request)
    response = json({"conversation_id": conversation_id, "token": token}, status=201)
    # EventSource cannot send an Authorization header, so the stream takes the token as a cookie.
    response.add_cookie(
        COOKIE,
        token,
        path=f"/api/conversations/{conversation_id}",
        httponly=True,
        samesite="Strict",
        secure=here.settings.production,
        max_age=here.settings.retention_days * 24 * 60 * 60,
    )
    return response


@blueprint.post("/<conversation_id:str>/messages")
async def say(request: Request, conversation_id: str) -> HTTPResponse:
    """Accepts a message; 202 means that it is stored and will be answered."""
    with services(request).courtesy.accepting():
        await _authorize(request, conversation_id)
        message_id, seconds = await accept(request, conversation_id, body(request))
    answer: dict[str, Any] = {"message_id": message_id}
    if seconds:
        answer["wait_seconds"] = seconds
    return json(answer, status=202)


@blueprint.get("/<conversation_id:str>/messages")
async def read(request: Request, conversation_id: str) -> HTTPResponse:
    """What was said after a message, and who has the conversation."""
    here = services(request)
    await _authorize(request, conversation_id)
    after = cursor(request.args.get("after"))
    show = here.showing.asked(asked_for(request.args.get("with")))
    messages = await here.store.messages(conversation_id, after)
    await here.stream.passed(conversation_id, messages)
    state = await here.stream.state(conversation_id)
    return json({**state, "messages": await show(messages)})


@blueprint.get("/<conversation_id:str>/events")
async def follow(request: Request, conversation_id: str) -> None:
    """The conversation as it goes on, as server-sent events."""
    await _authorize(request, conversation_id, cookie=True)
    here = services(request)
    after = cursor(request.headers.get("last-event-id") or request.args.get("after"))
    show = here.showing.asked(asked_for(request.args.get("with")))
    await send_events(request, here.stream.events(conversation_id, after, show=show))


@blueprint.post("/<conversation_id:str>/typing")
async def typing(request: Request, conversation_id: str) -> HTTPResponse:
    """Shows the operators for some seconds that the citizen writes."""
    conversation = await _authorize(request, conversation_id)
    if conversation.state in WITH_PEOPLE:  # nobody else looks
        await services(request).hub.typing(conversation_id, Role.CITIZEN, typing=True)
    return empty()


@blueprint.post("/<conversation_id:str>/messages/<message_id:str>/feedback")
async def judge(request: Request, conversation_id: str, message_id: str) -> HTTPResponse:
    """Keeps whether a message helped; a later word replaces an earlier one."""
    here = services(request)
    await _authorize(request, conversation_id)
    feedback = _feedback(here, body(request))
    try:
        position(message_id)
    except ValueError as error:
        raise not_found("unknown_message") from error
    await here.feedback.give(conversation_id, message_id, feedback)
    return empty()


@blueprint.post("/<conversation_id:str>/feedback")
async def judge_talk(request: Request, conversation_id: str) -> HTTPResponse:
    """Keeps whether the talk with an operator helped; a later word replaces an earlier one."""
    here = services(request)
    await _authorize(request, conversation_id)
    await here.feedback.give(conversation_id, None, _feedback(here, body(request)))
    return empty()


@blueprint.get("/<conversation_id:str>/tickets/<receipt:str>")
async def ticket(request: Request, conversation_id: str, receipt: str) -> HTTPResponse:
    """What became of a message or opinion that was left in this conversation."""
    here = services(request)
    await _authorize(request, conversation_id)
    wanted = normal(unquote(receipt))
    for left in await here.store.tickets(conversation_id):
        if left.receipt == wanted:
            words = here.wording.render(f"ticket_{left.status}", receipt=wanted)
            return json({"ticket": {**left.for_citizen(), "words": words}})
    raise unknown_receipt(wanted)


def _feedback(here: Services, given: dict[str, Any]) -> dict[str, Any]:
    helpful, comment = given.get("helpful"), given.get("comment")
    if not isinstance(helpful, bool):
        raise bad_request("missing_field", field="helpful")
    feedback: dict[str, Any] = {"helpful": helpful, "at": here.clock.now().isoformat()}
    if comment:
        feedback["comment"] = mask(clean(comment), here.call_line.numbers)[:MAX_COMMENT]
    return feedback


async def new_conversation(request: Request) -> tuple[str, str]:
    """Begins a conversation; its ID, and the token that opens it.

    Raises:
        RequestError: 429, if too much comes from that address.
    """
    here = services(request)
    await here.limits.check_address(request.client_ip)
    token = secrets.token_urlsafe(32)
    conversation = Conversation(
        id=secrets.token_hex(16),
        channel=CHANNEL,
        version=0,
        created_at=here.clock.now().isoformat(timespec="milliseconds"),
        token_hash=_digest(token),
    )
    await here.store.create(conversation)
    return conversation.id, token


async def accept(
    request: Request, conversation_id: str, given: dict[str, Any]
) -> tuple[str, int | None]:
    """Stores what a citizen says and has it answered.

    Returns the message's ID, and the seconds until its answer if they are worth telling.

    Raises:
        RequestError: 400, if it is neither a text nor a choice that was offered; 429 or 503 past
            the limits, but never for what was accepted before.
    """
    here = services(request)
    await here.limits.check_address(request.client_ip)
    incoming = await _incoming(here, conversation_id, given)
    load = await here.work.schedule(conversation_id, SAFETY_SECONDS)
    if here.limits.is_full(load) and not await here.store.seen(
        conversation_id, incoming.client_message_id
    ):
        raise here.limits.full(load)
    per_minute = here.settings.messages_per_minute
    message_id = await here.store.accept(conversation_id, incoming, per_minute)
    load = await here.work.schedule(conversation_id)
    here.metrics.accepted.labels(CHANNEL).inc()
    return message_id, here.limits.wait_to_tell(load)


async def _authorize(
    request: Request, conversation_id: str, *, cookie: bool = False
) -> Conversation:
    """Lets in who has the conversation's token, and returns the conversation.

    Raises:
        RequestError: 401 without a token or with another's, 404 if there is no such conversation.
    """
    token = request.token or (request.cookies.get(COOKIE) if cookie else None)
    return await check_token(services(request), conversation_id, token)


async def check_token(here: Services, conversation_id: str, token: str | None) -> Conversation:
    """The conversation that a token opens.

    Raises:
        RequestError: 401 without a token or with another's, 404 if there is no such conversation.
    """
    if not token:
        raise unauthorized()
    conversation = await here.store.load(conversation_id)
    if not hmac.compare_digest(_digest(token), conversation.token_hash):
        raise unauthorized()
    return conversation


async def _incoming(here: Services, conversation_id: str, given: dict[str, Any]) -> Incoming:
    """The message of a request: free text, or a choice turned back into what it stands for."""
    client_message_id = text_field(given, "client_message_id")
    at = here.clock.now().isoformat(timespec="milliseconds")
    choice = given.get("choice")
    if choice is None:
        text = clean(given.get("text"))
        stored = mask(text, here.call_line.numbers)
        return Incoming(client_message_id, stored, at, masked=stored != text)
    # Ours are ASCII; of other texts some (lone surrogates) cannot even be looked up.
    plausible = isinstance(choice, str) and choice.isascii()
    offer = await _offer(here, conversation_id, choice) if plausible else None
    if offer is None:
        raise bad_request("unknown_choice")
    return Incoming(client_message_id, offer.label, at, offer.payload)


async def _offer(here: Services, conversation_id: str, choice: str) -> Offer | None:
    """What a choice stands for; a person can always be asked for, whatever was offered."""
    if choice == PERSON:
        return replies.offer(here.wording, "label_handoff", Intent.HANDOFF)
    return await here.store.offer(conversation_id, choice)


def _digest(token: str) -> str:
    # A header's bytes that are no UTF-8 arrive escaped; they make a wrong token, not an error.
    return hashlib.sha256(token.encode(errors="surrogateescape")).hexdigest()
