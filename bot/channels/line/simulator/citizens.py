"""What citizens do with their phones, and the webhooks that LINE makes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.channels.line.simulator import events, ids
from bot.channels.line.simulator.phones import Entry, Phone, Side

if TYPE_CHECKING:
    from bot.channels.line.simulator.line import Line

_LETTERS = {"user": "U", "group": "C", "room": "R"}


@dataclass(frozen=True)
class Deed:
    """What a citizen does; `kind` is text, sticker, image …, tap, follow, unfollow, unsend, raw."""

    kind: str
    text: str = ""
    action: dict[str, Any] | None = None
    message_id: str = ""
    event: dict[str, Any] | None = None
    offset_ms: int = 0


class Citizens:
    """Acts for citizens; each deed returns its webhook event, which is still to be sent."""

    def __init__(self, line: Line) -> None:
        """Takes the LINE that they use."""
        self._line = line

    def add(self, name: str, kind: str = "user") -> Phone:
        """A new citizen (or group, or room) who has not met the account yet."""
        chat_id = ids.chat_id(_LETTERS[kind])
        source = {"type": kind, f"{kind}Id": chat_id}
        phone = Phone(chat_id, name, source, following=kind != "user")
        return self._line.phones.add(phone)

    def do(self, phone: Phone, deed: Deed) -> dict[str, Any] | None:
        """Does it; None if nothing comes of it for the account."""
        at = self._line.clock.now_ms() + deed.offset_ms
        event = self._event(phone, deed, at)
        if event is None:
            return None
        if event["type"] not in events.WITHOUT_REPLY and event["mode"] == "active":
            event["replyToken"] = self._line.reply_tokens.issue(phone.id, self._line.clock.now())
        self._line.bell.ring(phone.id)
        return event

    def _event(self, phone: Phone, deed: Deed, at: int) -> dict[str, Any] | None:
        acts = {
            "follow": self._follow,
            "unfollow": self._unfollow,
            "unsend": self._unsend,
            "raw": self._raw,
        }
        if deed.kind in acts:
            return acts[deed.kind](phone, deed, at)
        if not phone.following:
            return None
        if deed.kind == "tap":
            return self._tap(phone, deed.action or {}, at)
        return self._say(phone, events.content(deed.kind, deed.text), at)

    def _follow(self, phone: Phone, _deed: Deed, at: int) -> dict[str, Any]:
        known = bool(phone.entries)
        phone.following = True
        return events.event("follow", phone, at, follow={"isUnblocked": known})

    def _unfollow(self, phone: Phone, _deed: Deed, at: int) -> dict[str, Any]:
        phone.following = False
        return events.event("unfollow", phone, at)

    def _raw(self, phone: Phone, deed: Deed, at: int) -> dict[str, Any]:
        """Any other event, as the test gives it."""
        given = dict(deed.event or {})
        return events.event(given.pop("type"), phone, at, **given)

    def _unsend(self, phone: Phone, deed: Deed, at: int) -> dict[str, Any] | None:
        entry = phone.find(deed.message_id)
        if entry is None or entry.side is not Side.CITIZEN or entry.unsent:
            return None
        entry.unsent = True
        return events.event("unsend", phone, at, unsend={"messageId": deed.message_id})

    def _tap(self, phone: Phone, action: dict[str, Any], at: int) -> dict[str, Any] | None:
        """A button, quick reply or menu area: says its text, or posts its data back."""
        if action.get("type") == "message":
            return self._say(phone, events.content("text", action["text"]), at)
        if action.get("type") != "postback":
            return None
        event = events.event("postback", phone, at, postback={"data": action["data"]})
        words = action.get("displayText") or action.get("text")
        if words:
            self._put(phone, {"type": "text", "text": words}, ids.message_id(), at, event)
        return event

    def _say(self, phone: Phone, content: dict[str, Any], at: int) -> dict[str, Any]:
        event = events.event("message", phone, at, message=content)
        self._put(phone, content, content["id"], at, event)
        return event

    def _put(
        self,
        phone: Phone,
        message: dict[str, Any],
        message_id: str,
        at: int,
        event: dict[str, Any],
    ) -> None:
        read_token = message.get("markAsReadToken", "")
        self._line.phones.keep_read_token(read_token, phone.id)
        entry = Entry(message_id, Side.CITIZEN, at, message, read_token=read_token)
        entry.event = event["webhookEventId"]
        phone.entries.append(entry)
