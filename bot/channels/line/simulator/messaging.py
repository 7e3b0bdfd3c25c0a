"""The Messaging API as far as a connector uses it: messages, quota, webhook, the account."""

from __future__ import annotations

import re
import uuid
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request

from bot.channels.line.simulator.answers import (
    ACCEPTED_REQUEST_ID,
    RETRY_KEY,
    Answer,
    Refused,
    wrong_body,
)
from bot.channels.line.simulator.calls import call, given, line, text
from bot.channels.line.simulator.validation import messages_problems

if TYPE_CHECKING:
    from bot.channels.line.simulator.phones import Phone

blueprint = Blueprint("line_messaging", url_prefix="/v2/bot")

_CHAT_ID = re.compile(r"[UCR][0-9a-f]{32}")
_LOADING = range(5, 61, 5)
_DEFAULT_LOADING = 20


@blueprint.post("/message/reply")
@call("reply")
def reply(request: Request) -> Answer:
    """Messages in answer to an event; its token is good once, for a minute."""
    here, body = line(request), given(request)
    token = text(body, "replyToken")
    _check(body)
    chat_id = here.reply_tokens.peek(token, here.clock.now())
    phone = here.phones.get(chat_id or "")
    if phone is None:
        raise Refused(HTTPStatus.BAD_REQUEST, "Invalid reply token")
    here.reply_tokens.use_up(token)
    return Answer({"sentMessages": here.show(phone, body["messages"], "reply")})


@blueprint.post("/message/push")
@call("push", retry_key=True)
def push(request: Request) -> Answer:
    """Messages at any time; the same retry key is carried out once a day and then gets 409."""
    here, body = line(request), given(request)
    to = text(body, "to")
    _check(body)
    key = _retry_key(request)
    accepted = here.retry_keys.find(key, here.clock.now()) if key else None
    if accepted:
        headers = {ACCEPTED_REQUEST_ID: accepted.request_id}
        said = {"message": "The retry key is already accepted", "sentMessages": accepted.sent}
        return Answer(said, HTTPStatus.CONFLICT, headers)
    phone = _phone(request, to, "to")
    here.quota.spend()
    sent = here.show(phone, body["messages"], "push")
    if key:
        here.retry_keys.keep(key, request.ctx.request_id, sent, here.clock.now())
    return Answer({"sentMessages": sent})


@blueprint.post("/message/validate/reply", name="validate_reply")
@blueprint.post("/message/validate/push", name="validate_push")
@call("validate")
def validate(request: Request) -> Answer:
    """Whether messages would be taken."""
    _check(given(request))
    return Answer()


@blueprint.post("/chat/loading/start")
@call("loading")
def loading(request: Request) -> Answer:
    """Shows that something is on its way, until it comes or the seconds are over."""
    here, body = line(request), given(request)
    seconds = body.get("loadingSeconds", _DEFAULT_LOADING)
    if seconds not in _LOADING:
        raise wrong_body([{"message": "Must be 5, 10 … 60", "property": "loadingSeconds"}])
    phone = _phone(request, text(body, "chatId"), "chatId")
    phone.loading_until = here.clock.now() + seconds
    here.bell.ring(phone.id)
    return Answer({}, HTTPStatus.ACCEPTED)


@blueprint.post("/chat/markAsRead")
@call("read")
def mark_as_read(request: Request) -> Answer:
    """Marks a message and all before it as read, by the token that its event carried."""
    here = line(request)
    found = here.phones.with_read_token(text(given(request), "markAsReadToken"))
    if found is None:
        raise Refused(HTTPStatus.BAD_REQUEST, "Invalid markAsReadToken")
    phone, entry = found
    phone.mark_read(entry)
    here.bell.ring(phone.id)
    return Answer()


@blueprint.get("/message/quota")
@call("quota")
def quota(request: Request) -> Answer:
    """How many pushes this month may hold."""
    limit = line(request).quota.limit
    return Answer({"type": "none"} if limit is None else {"type": "limited", "value": limit})


@blueprint.get("/message/quota/consumption")
@call("consumption")
def consumption(request: Request) -> Answer:
    """How many pushes were sent this month."""
    return Answer({"totalUsage": line(request).quota.used})


@blueprint.get("/info")
@call("info")
def info(request: Request) -> Answer:
    """The account."""
    return Answer(
        {
            "userId": line(request).bot_id,
            "basicId": "@000simul",
            "displayName": "サンキューコールかわさき（練習用）",
            "chatMode": "chat",
            "markAsReadMode": "manual",
        }
    )


@blueprint.get("/profile/<user_id:str>")
@call("profile")
def profile(request: Request, user_id: str) -> Answer:
    """A user's name; the record shows it if a bot asks, which ours must not."""
    phone = _phone(request, user_id, "userId")
    return Answer({"userId": phone.id, "displayName": phone.name})


def _check(body: dict[str, Any]) -> None:
    problems = messages_problems(body.get("messages"))
    if problems:
        raise wrong_body(problems)


def _retry_key(request: Request) -> str | None:
    key = request.headers.get(RETRY_KEY)
    if key is None:
        return None
    try:
        return str(uuid.UUID(key))
    except ValueError as error:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{RETRY_KEY} must be a UUID") from error


def _phone(request: Request, chat_id: str, field: str) -> Phone:
    if not _CHAT_ID.fullmatch(chat_id):
        message = f"The property, '{field}', in the request body is invalid"
        raise Refused(HTTPStatus.BAD_REQUEST, message)
    phone = line(request).phones.get(chat_id)
    if phone is None:
        raise Refused(HTTPStatus.BAD_REQUEST, "Failed to send messages")
    return phone
