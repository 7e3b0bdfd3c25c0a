"""LINE's webhook events as what matters to us: pure, tolerant of all that LINE may add one day.

Only what is needed is kept. Neither the sender's ID nor the name of a file nor a place on the map
gets into an event; personal data in a text is masked before anything is stored.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bot.conversation.personal import mask
from bot.errors import RequestError
from bot.text import clean

_MAX_ID = 200
_GROUPS = {"group": "groupId", "room": "roomId"}
MEDIA = frozenset({"sticker", "image", "video", "audio", "file", "location"})
"""What can be sent and cannot be read."""


class Kind(StrEnum):
    """What an event asks us to do."""

    TEXT = "text"
    BAD_TEXT = "bad_text"
    MEDIA = "media"
    POSTBACK = "postback"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    UNSEND = "unsend"
    GROUP = "group"
    LEAVE = "leave"
    OTHER = "other"


@dataclass(frozen=True)
class Event:
    """One event; `timestamp` in ms since 1970, `id` is LINE's webhookEventId."""

    kind: Kind
    id: str = ""
    timestamp: int = 0
    message_id: str = ""
    """LINE's own ID of the message, by which an unsending names it."""
    text: str = ""
    """A text without invisible characters and personal data; for BAD_TEXT what is wrong with it."""
    values: dict[str, Any] = field(default_factory=dict)
    masked: bool = False
    media: str = ""
    data: str = ""
    """What a button carries."""
    unblocked: bool = False
    reply_token: str = ""
    redelivered: bool = False
    read_token: str = ""

    def stored(self) -> dict[str, Any]:
        """The event for the inbox, without what is empty."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Sender:
    """Whom an event comes from: a `user`, or a `group` (rooms are groups to us)."""

    kind: str
    id: str


@dataclass(frozen=True)
class Inbound:
    """An event and its sender; events of nobody, and those not meant for us, are `OTHER`."""

    event: Event
    sender: Sender | None = None


def parse(body: bytes, public_numbers: frozenset[str]) -> list[Inbound]:
    """The events of a webhook's body, oldest first. Numbers in `public_numbers` stay in texts.

    Raises:
        ValueError: if the body is no webhook's.
    """
    content = json.loads(body)
    events = content.get("events") if isinstance(content, dict) else None
    if not isinstance(events, list):
        raise ValueError("a webhook has a list of events")  # noqa: TRY004 - one error for callers
    found = [_inbound(event, public_numbers) for event in events if isinstance(event, dict)]
    return sorted(found, key=lambda inbound: inbound.event.timestamp)


def restored(stored: dict[str, Any]) -> Event:
    """An event as the inbox kept it."""
    return Event(**{**stored, "kind": Kind(stored["kind"])})


def _inbound(given: dict[str, Any], public_numbers: frozenset[str]) -> Inbound:
    sender = _sender(_part(given, "source"))
    event_id, timestamp = _text(given, "webhookEventId"), given.get("timestamp")
    known = event_id and isinstance(timestamp, int) and sender is not None
    if not known or given.get("mode") != "active":
        return Inbound(Event(Kind.OTHER))
    fields = _group(given) if sender and sender.kind == "group" else _user(given, public_numbers)
    token = _text(given, "replyToken")
    again = _part(given, "deliveryContext").get("isRedelivery") is True
    event = Event(
        id=event_id,
        timestamp=int(timestamp or 0),
        reply_token=token,
        redelivered=again,
        **fields,
    )
    return Inbound(event, sender)


def _sender(source: dict[str, Any]) -> Sender | None:
    kind = source.get("type")
    if kind in _GROUPS:
        group = _text(source, _GROUPS[kind])
        return Sender("group", group) if group else None
    user = _text(source, "userId") if kind == "user" else ""
    return Sender("user", user) if user else None


def _group(given: dict[str, Any]) -> dict[str, Any]:
    """In a group nothing that is said is kept, only that something was."""
    kinds = {"join": Kind.GROUP, "message": Kind.GROUP, "leave": Kind.LEAVE}
    return {"kind": kinds.get(str(given.get("type")), Kind.OTHER)}


def _user(given: dict[str, Any], public_numbers: frozenset[str]) -> dict[str, Any]:
    match given.get("type"):
        case "message":
            return _message(_part(given, "message"), public_numbers)
        case "postback":
            return {"kind": Kind.POSTBACK, "data": _text(_part(given, "postback"), "data", 1000)}
        case "follow":
            unblocked = _part(given, "follow").get("isUnblocked") is True
            return {"kind": Kind.FOLLOW, "unblocked": unblocked}
        case "unfollow":
            return {"kind": Kind.UNFOLLOW}
        case "unsend":
            message_id = _text(_part(given, "unsend"), "messageId")
            return {"kind": Kind.UNSEND if message_id else Kind.OTHER, "message_id": message_id}
    return {"kind": Kind.OTHER}


def _message(message: dict[str, Any], public_numbers: frozenset[str]) -> dict[str, Any]:
    ids = {
        "message_id": _text(message, "id"),
        "read_token": _text(message, "markAsReadToken", 1000),
    }
    kind = message.get("type")
    if kind == "text":
        return {**ids, **_said(message.get("text"), public_numbers)}
    return {**ids, "kind": Kind.MEDIA, "media": kind if kind in MEDIA else "file"}


def _said(text: object, public_numbers: frozenset[str]) -> dict[str, Any]:
    try:
        cleaned = clean(text)
    except RequestError as error:
        return {"kind": Kind.BAD_TEXT, "text": error.code, "values": error.values}
    stored = mask(cleaned, public_numbers)
    return {"kind": Kind.TEXT, "text": stored, "masked": stored != cleaned}


def _part(given: dict[str, Any], name: str) -> dict[str, Any]:
    part = given.get(name)
    return part if isinstance(part, dict) else {}


def _text(given: dict[str, Any], name: str, limit: int = _MAX_ID) -> str:
    """A text of a bounded length that can be stored, else the empty one."""
    value = given.get(name)
    if not isinstance(value, str) or len(value) > limit:
        return ""
    return value if value.isascii() else ""
