"""The chat without scripts: the same conversation as plain forms, one page for each step."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from secrets import token_urlsafe
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, html, redirect

from bot.channels.web.api import PERSON, accept, check_token, new_conversation
from bot.channels.web.pages import render
from bot.conversation.hours import TOKYO
from bot.conversation.model import START, Conversation, Message, State, position
from bot.errors import RequestError
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services

blueprint = Blueprint("plain", url_prefix="/plain")

COOKIE = "plain_conversation"
PATIENCE_SECONDS = 8.0
"""For so long a page waits for the bot; after that the citizen looks again."""


@dataclass(frozen=True)
class Key:
    """What opens a conversation, as the cookie has it."""

    conversation_id: str
    token: str

    @classmethod
    async def of(cls, request: Request) -> Key | None:
        """The visitor's conversation, if there is one still."""
        conversation_id, _, token = (request.cookies.get(COOKIE) or "").partition(".")
        try:
            await check_token(services(request), conversation_id, token)
        except RequestError:
            return None
        return cls(conversation_id, token)


@blueprint.get("/")
async def show(request: Request) -> HTTPResponse:
    """The conversation so far, and what can be done next."""
    return await _page(services(request), await Key.of(request))


@blueprint.post("/messages")
async def say(request: Request) -> HTTPResponse:
    """Takes a text or a choice, waits a little for the reply, and shows the conversation."""
    here = services(request)
    key = await Key.of(request)
    try:
        key = key or Key(*await new_conversation(request))
        with here.courtesy.accepting():
            message_id, _ = await accept(request, key.conversation_id, _given(request))
    except RequestError as error:
        answer = await _page(here, key, here.wording.render(f"error_{error.code}", **error.values))
    else:
        await _settled(here, key.conversation_id, message_id)
        answer = redirect("/plain#latest", status=HTTPStatus.SEE_OTHER)
    if key is None:
        return answer
    answer.add_cookie(
        COOKIE,
        f"{key.conversation_id}.{key.token}",
        path="/plain",
        httponly=True,
        samesite="Lax",  # other sites' forms come without it, links to this page with it
        secure=here.settings.production,
        max_age=here.settings.retention_days * 24 * 60 * 60,
    )
    return answer


@blueprint.post("/fresh")
async def begin_anew(_: Request) -> HTTPResponse:
    """Leaves the conversation; the next message begins another."""
    answer = redirect("/plain", status=HTTPStatus.SEE_OTHER)
    answer.delete_cookie(COOKIE, path="/plain")
    return answer


def _given(request: Request) -> dict[str, str]:
    """The form's fields, each once; the page's own number makes a repeated sending harmless.

    Empty fields do not arrive at all.
    """
    form = {str(name): str(values[0]) for name, values in (request.form or {}).items()}
    return {"client_message_id": token_urlsafe(12), "text": "", **form}


async def _settled(here: Services, conversation_id: str, message_id: str) -> None:
    """Waits until the message is handled, or until patience ends."""
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not _is_handled(await here.store.load(conversation_id), message_id):
                with here.hub.watch(conversation_id) as watcher:
                    await watcher.wait(0.5)
    except TimeoutError:
        return


def _is_handled(conversation: Conversation, message_id: str) -> bool:
    done = position(conversation.handled) >= position(message_id)
    return done or message_id in conversation.ahead


async def _page(here: Services, key: Key | None, problem: str = "") -> HTTPResponse:
    messages: list[Message] = []
    state: dict[str, object] = {"state": State.BOT}
    if key:
        messages = await here.store.messages(key.conversation_id, START)
        state = await here.stream.state(key.conversation_id)
    page = render(
        here,
        "plain.html",
        messages=[(message, _time(message)) for message in messages],
        state=state,
        problem=problem,
        person=PERSON,
        number=token_urlsafe(12),
    )
    status = HTTPStatus.UNPROCESSABLE_ENTITY if problem else HTTPStatus.OK
    return html(page, status=status, headers={"cache-control": "no-store"})


def _time(message: Message) -> str:
    at = datetime.fromisoformat(message.at).astimezone(TOKYO)
    return f"{at.month}月{at.day}日 {at.hour}:{at.minute:02}"
