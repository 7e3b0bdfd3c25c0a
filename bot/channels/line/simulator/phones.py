"""What citizens have before their eyes: one phone a chat."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

MAX_PHONES = 600
MAX_ENTRIES = 400
"""Older entries of a chat scroll out of memory."""
MAX_READ_TOKENS = 50_000


class Side(StrEnum):
    """Who sent an entry."""

    CITIZEN = "citizen"
    ACCOUNT = "account"


@dataclass
class Entry:
    """One message on a phone. `via`: by which call the account sent it; `event`: its webhook."""

    id: str
    side: Side
    at: int
    message: dict[str, Any]
    via: str = ""
    event: str = ""
    read_token: str = ""
    read: bool = False
    unsent: bool = False

    def shown(self) -> dict[str, Any]:
        """The entry as pages and tests get it."""
        return {
            "id": self.id,
            "side": self.side,
            "at": self.at,
            "message": {} if self.unsent else self.message,
            "via": self.via,
            "event": self.event,
            "read": self.read,
            "unsent": self.unsent,
        }


@dataclass
class Phone:
    """A chat with the account; `source` is what webhook events name, without a group's member."""

    id: str
    name: str
    source: dict[str, str]
    following: bool = False
    loading_until: float = 0.0
    menu: str | None = None
    """A rich menu linked to this very user."""
    entries: deque[Entry] = field(default_factory=lambda: deque(maxlen=MAX_ENTRIES))

    def find(self, message_id: str) -> Entry | None:
        """The entry of an ID, if it is still there."""
        return next((entry for entry in self.entries if entry.id == message_id), None)

    def mark_read(self, upto: Entry) -> None:
        """Marks an entry of the citizen and all earlier ones as read."""
        for entry in self.entries:
            if entry.side is Side.CITIZEN:
                entry.read = True
            if entry is upto:
                return


class Phones:
    """All chats; the one that was quiet for longest makes room for a new one."""

    def __init__(self) -> None:
        """Starts with none."""
        self._phones: OrderedDict[str, Phone] = OrderedDict()
        self._read_tokens: OrderedDict[str, str] = OrderedDict()

    def add(self, phone: Phone) -> Phone:
        """Adds a chat."""
        self._phones[phone.id] = phone
        while len(self._phones) > MAX_PHONES:
            self._phones.popitem(last=False)
        return phone

    def get(self, chat_id: str) -> Phone | None:
        """The chat of an ID; being asked for counts as being in use."""
        if chat_id in self._phones:
            self._phones.move_to_end(chat_id)
        return self._phones.get(chat_id)

    def remove(self, chat_id: str) -> None:
        """Forgets a chat."""
        self._phones.pop(chat_id, None)

    def all(self) -> list[Phone]:
        """All chats."""
        return list(self._phones.values())

    def keep_read_token(self, token: str, chat_id: str) -> None:
        """Remembers in which chat a token marks messages as read."""
        self._read_tokens[token] = chat_id
        while len(self._read_tokens) > MAX_READ_TOKENS:
            self._read_tokens.popitem(last=False)

    def with_read_token(self, token: str) -> tuple[Phone, Entry] | None:
        """The chat and the entry that a token for marking as read belongs to."""
        phone = self._phones.get(self._read_tokens.get(token, ""))
        entries = phone.entries if phone else ()
        entry = next((entry for entry in entries if entry.read_token == token), None)
        return (phone, entry) if phone and entry else None
