"""The record of one conversation, to be taken out of the desk; personal data is masked."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from bot.conversation.hours import TOKYO
from bot.conversation.model import START, position
from bot.conversation.personal import mask

if TYPE_CHECKING:
    from bot.bootstrap import Services
    from bot.desk.words import DeskWords


@dataclass(frozen=True)
class Record:
    """All of a conversation that can be exported, as plain values."""

    conversation_id: str
    channel: str
    created_at: str
    exported_at: str
    exported_by: str
    masked: bool
    messages: list[dict[str, Any]]
    history: list[dict[str, Any]]
    tickets: list[dict[str, Any]]
    """Each with `contact`, what its contact form was told: null if it is masked."""


async def record(here: Services, conversation_id: str, by: str, *, masked: bool) -> Record:
    """Gathers a record; 404 if there is no such conversation."""
    conversation = await here.store.load(conversation_id)
    messages = [message.public() for message in await here.store.messages(conversation_id, START)]
    history = [asdict(entry) for entry in await here.store.history(conversation_id)]
    tickets = [ticket.public() for ticket in await here.store.tickets(conversation_id)]
    for ticket, kept in zip(tickets, await here.store.tickets(conversation_id), strict=True):
        contact = None if masked else await here.contact_forms.opened(kept)
        ticket["contact"] = asdict(contact) if contact else None
    if masked:
        for part in (*messages, *history, *tickets):
            part["text"] = mask(part["text"], here.call_line.numbers)
    for message in messages:
        message.pop("form", None)  # the way to a form is the citizen's own
        message.pop("choices", None)
    return Record(
        conversation_id,
        conversation.channel,
        conversation.created_at,
        here.clock.now().isoformat(timespec="seconds"),
        by,
        masked,
        messages,
        history,
        tickets,
    )


def as_text(found: Record, words: DeskWords) -> str:
    """A record for people to read."""
    say = words.export
    head = [
        say["title"],
        f"{say['conversation']}: {found.conversation_id}",
        f"{say['channel']}: {words.channels.get(found.channel, found.channel)}",
        f"{say['begun']}: {_time(found.created_at)}",
        f"{say['exported']}: {_time(found.exported_at)}",
        f"{say['by']}: {found.exported_by}",
        say["masked" if found.masked else "unmasked"],
        "",
    ]
    return "\n".join([*head, *_body(found, words), "", *_tickets(found, words), ""])


def _body(found: Record, words: DeskWords) -> list[str]:
    """What was said and what happened, in the order of time."""
    lines = [(position(one["id"]), 0, _message(one, words)) for one in found.messages]
    lines += [(position(one["id"]), 1, _entry(one, words)) for one in found.history]
    return [line for _, _, line in sorted(lines)]


def _message(message: dict[str, Any], words: DeskWords) -> str:
    speaker = words.speakers[message["role"]]
    if author := message.get("author"):
        speaker = f"{speaker}（{author}）"
    text = words.export["withdrawn"] if message.get("withdrawn") else message["text"]
    return f"[{_time(message['at'])}] {speaker}: {text}"


def _entry(entry: dict[str, Any], words: DeskWords) -> str:
    who = f" {entry['operator']}" if entry["operator"] else ""
    text = f": {entry['text']}" if entry["text"] else ""
    return f"[{_time(entry['at'])}] ― {words.happenings[entry['kind']]}{who}{text}"


def _tickets(found: Record, words: DeskWords) -> list[str]:
    say = words.export
    lines = []
    for ticket in found.tickets:
        kind = words.ticket_kinds.get(ticket["kind"], ticket["kind"])
        lines.append(f"{say['tickets']} {ticket['receipt']}（{kind}）: {ticket['text']}")
        if contact := ticket["contact"]:
            lines.append(f"  {say['contact']}")
            lines += [f"  {say[f'contact_{name}']}: {told}" for name, told in contact.items()]
    return lines


def _time(iso: str) -> str:
    return datetime.fromisoformat(iso).astimezone(TOKYO).strftime("%Y-%m-%d %H:%M:%S")
