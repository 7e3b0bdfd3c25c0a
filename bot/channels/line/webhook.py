"""LINE's webhook: signed events in, 200 as soon as all of them are stored.

LINE sends a webhook again that got no 200 in time, so nothing is answered here; a worker does that.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, empty

from bot.channels.line.events import Kind, parse
from bot.channels.line.reception import CHANNEL, GROUP_CHANNEL
from bot.conversation.model import Conversation
from bot.errors import bad_request, not_found
from bot.http import services

if TYPE_CHECKING:
    from linebot.v3.webhook import SignatureValidator
    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.channels.line.events import Inbound, Sender
    from bot.channels.line.services import LineServices

blueprint = Blueprint("line")

SAFETY_SECONDS = 5.0
"""As on the web: a conversation is on the work list before its events are stored."""
NOBODYS_TOKEN = "-"  # noqa: S105 - no hash looks like it, so no token opens the conversation
_HEARD = frozenset({Kind.TEXT, Kind.MEDIA, Kind.POSTBACK})


@blueprint.post("/channels/line/webhook")
async def receive(request: Request) -> HTTPResponse:
    """Stores the events of a webhook that LINE signed."""
    here = services(request)
    if here.line is None:
        raise not_found("not_found")
    signature = request.headers.get("x-line-signature", "")
    if not signed(here.line.validator, request.body, signature):
        here.metrics.bad_signatures.inc()
        raise bad_request("bad_signature")
    try:
        inbound = parse(request.body, here.call_line.numbers)
    except ValueError as error:
        raise bad_request("invalid_json") from error
    for one in inbound:
        here.metrics.line_events.labels(one.event.kind).inc()
    await _store(here, here.line, [one for one in inbound if one.event.kind is not Kind.OTHER])
    return empty(status=200)


def signed(validator: SignatureValidator, body: bytes, signature: str) -> bool:
    """Whether LINE signed these very bytes; compared in constant time."""
    try:
        return bool(validator.validate(body.decode(), signature))
    except UnicodeError:
        return False  # JSON is UTF-8, so whatever this is, it was not LINE's


async def _store(here: Services, line: LineServices, inbound: list[Inbound]) -> None:
    """Stores each conversation's events, oldest first; conversations side by side."""
    found: dict[Sender, list[Inbound]] = {}
    for one in inbound:
        if one.sender:
            found.setdefault(one.sender, []).append(one)
    await asyncio.gather(*(_put(here, line, sender, each) for sender, each in found.items()))


async def _put(here: Services, line: LineServices, sender: Sender, inbound: list[Inbound]) -> None:
    conversation = Conversation(
        id=line.vault.pseudonym(sender.kind, sender.id),
        channel=GROUP_CHANNEL if sender.kind == "group" else CHANNEL,
        version=0,
        created_at=here.clock.now().isoformat(timespec="milliseconds"),
        token_hash=NOBODYS_TOKEN,
        address=line.vault.seal(sender.id),
    )
    await here.work.schedule(conversation.id, SAFETY_SECONDS)
    for one in inbound:
        new = await line.inbox.put(conversation, one.event.stored())
        if new and one.event.kind in _HEARD:
            here.metrics.accepted.labels(CHANNEL).inc()
    await here.work.schedule(conversation.id)
