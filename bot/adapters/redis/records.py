"""How conversations look in Redis: fields, messages and deliveries as texts, and back."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.conversation.delivery import DeliveryState
from bot.conversation.model import Conversation, Entry, Happening, Message, State

if TYPE_CHECKING:
    from bot.conversation.model import Change


def stored_fields(conversation: Conversation) -> dict[str, str]:
    """Fields as Redis keeps them: texts, the empty one for None; the last words are accept's."""
    values = asdict(conversation)
    stored = {name: "" if value is None else str(value) for name, value in values.items()}
    stored["ahead"] = " ".join(sorted(values["ahead"]))
    for owned_by_accept in ("last_text", "last_at"):
        del stored[owned_by_accept]
    return stored


def conversation_from(stored: dict[str, str]) -> Conversation:
    """A conversation as its fields were kept."""
    known = {field.name for field in dataclasses.fields(Conversation)}
    values: dict[str, Any] = {name: text or None for name, text in stored.items() if name in known}
    values["version"] = int(stored["version"])
    values["state"] = State(stored["state"])
    values["ahead"] = frozenset(stored["ahead"].split())
    values["last_text"] = stored.get("last_text", "")
    return Conversation(**values)


def message_from(message_id: str, text: str) -> Message:
    """A message as the transcript kept it."""
    stored = json.loads(text)
    for name in ("sources", "choices"):
        stored[name] = tuple(stored.get(name, ()))
    return Message(id=message_id, **stored)


def entry_from(entry_id: str, text: str) -> Entry:
    """An entry of the history as it was kept."""
    stored = json.loads(text)
    return Entry(Happening(stored.pop("kind")), id=entry_id, **stored)


def delivery_of(conversation: Conversation, change: Change) -> dict[str, Any]:
    """What the change's messages need to reach the citizen: see `Delivery`, and `commit.lua`."""
    state = DeliveryState.BLOCKED if conversation.blocked_since else DeliveryState.WAITING
    answers = [draft.in_reply_to for draft in change.drafts if draft.in_reply_to]
    body: dict[str, Any] = {"state": state, "retry_key": str(uuid4())}
    if change.reply_token:
        body["token"] = asdict(change.reply_token)
    elif answers:
        body["answers"] = answers[-1]
    return body


def to_json(value: object) -> str:
    """As short as JSON can be."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def event_of(conversation_id: str) -> str:
    """The live signal that something happened in a conversation."""
    return to_json({"kind": "conversation", "conversation_id": conversation_id})
