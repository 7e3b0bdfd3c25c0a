"""What a conversation consists of."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from bot.worded import Worded

START = "0-0"
"""The cursor before the first message."""
_MESSAGE_ID = re.compile(r"[0-9]{1,15}-[0-9]{1,15}")
"""Of what Redis takes for an ID, what it gives out itself until the year 33658."""


class State(StrEnum):
    """Who has the conversation."""

    BOT = "bot"
    WAITING = "waiting"
    OPERATOR = "operator"
    CLOSED = "closed"


WITH_PEOPLE = frozenset({State.WAITING, State.OPERATOR})
"""The states in which a person is called or there."""


class Role(StrEnum):
    """Who says a message."""

    CITIZEN = "citizen"
    BOT = "bot"
    OPERATOR = "operator"
    SYSTEM = "system"


class Outcome(StrEnum):
    """What kind of reply a turn got (docs/architecture.md)."""

    ANSWER = "answer"
    NOT_STATED = "not_stated"
    MENU = "menu"
    CLARIFY = "clarify"
    SUGGEST = "suggest"
    OUT_OF_SCOPE = "out_of_scope"
    HANDOFF = "handoff"
    OPINION = "opinion"
    LINE_INFO = "line_info"
    EMERGENCY = "emergency"
    SMALLTALK = "smalltalk"


class Intent(StrEnum):
    """Intents of choices that the gateway itself carries out; all others go to the engine."""

    HANDOFF = "handoff"
    LEAVE_QUEUE = "leave_queue"
    LEAVE_MESSAGE = "leave_message"
    """Instead of waiting for an operator."""
    KEEP_WORDS = "keep_words"
    """What was written while waiting becomes the message."""
    CANCEL_TICKET = "cancel_ticket"
    UNREADABLE = "unreadable"
    """Something other than text arrived; the payload's `kind` says what."""


def position(message_id: str) -> tuple[int, int]:
    """A message ID as two numbers that sort in the order of the transcript.

    Raises:
        ValueError: if the text is no message ID.
    """
    if not _MESSAGE_ID.fullmatch(message_id):
        raise ValueError(message_id)
    milliseconds, _, sequence = message_id.partition("-")
    return int(milliseconds), int(sequence)


@dataclass(frozen=True)
class Offer:
    """A choice to be offered: what the citizen reads, and what it stands for."""

    label: str
    payload: dict[str, str]


@dataclass(frozen=True)
class Draft:
    """A message about to be written; the store gives it its ID and its choices their tokens."""

    role: Role
    text: str
    in_reply_to: str | None = None
    outcome: Outcome | None = None
    initiative: str | None = None
    facet: str | None = None
    sources: tuple[dict[str, Any], ...] = ()
    offers: tuple[Offer, ...] = ()
    final: bool = False
    author: str | None = None
    form: str | None = None
    """The path of the contact form to link to, for what is personal."""
    confidence: float | None = None
    """How sure the engine was of what it answered (0–1); operators alone see it."""
    survey: bool = False
    """Asks whether the talk with an operator, which ends here, has helped."""
    easy: str | None = None
    """The text in plain Japanese; a text of ours brings its own."""

    def __post_init__(self) -> None:
        """Takes the plain form along, so that no place that words a message can forget it."""
        if self.easy is None and isinstance(self.text, Worded):
            object.__setattr__(self, "easy", self.text.easy)


@dataclass(frozen=True)
class Message:
    """One utterance as stored. `chosen`: what a clicked choice stood for; `author`: an operator."""

    id: str
    at: str
    role: Role
    text: str
    in_reply_to: str | None = None
    outcome: str | None = None
    initiative: str | None = None
    facet: str | None = None
    sources: tuple[dict[str, Any], ...] = ()
    choices: tuple[dict[str, str], ...] = ()
    final: bool = False
    author: str | None = None
    chosen: dict[str, str] | None = None
    masked: bool = False
    """Personal data stood here and was not stored."""
    form: str | None = None
    survey: bool = False
    withdrawn: bool = False
    """The citizen took the message back; its text is gone."""
    confidence: float | None = None
    easy: str | None = None
    """The text in plain Japanese; shown to who asks for it."""

    def public(self, *, for_desk: bool = False) -> dict[str, Any]:
        """The message as citizens, or operators, get it; fields without content are left out."""
        private = {"chosen", "masked", "easy"} | (set() if for_desk else {"confidence"})
        return {
            name: value
            for name, value in asdict(self).items()
            if name not in private and value not in (None, (), False)
        }


@dataclass(frozen=True)
class ReplyToken:
    """The right to answer one event, once and soon; `at`: when it arrived (ms since 1970)."""

    token: str
    at: int


@dataclass(frozen=True)
class Incoming:
    """What a channel wants accepted; the same `client_message_id` is accepted once."""

    client_message_id: str
    text: str
    at: str
    chosen: dict[str, str] | None = None
    masked: bool = False
    reply_token: ReplyToken | None = None


class TicketKind(StrEnum):
    """What was left."""

    MESSAGE = "message"
    OPINION = "opinion"


class TicketStatus(StrEnum):
    """How far a ticket got."""

    OPEN = "open"
    """Nobody has it yet."""
    IN_PROGRESS = "in_progress"
    """It has an assignee."""
    ANSWERED = "answered"
    CLOSED = "closed"
    """Without an answer."""


UNFINISHED = frozenset({TicketStatus.OPEN, TicketStatus.IN_PROGRESS})


@dataclass(frozen=True)
class Ticket:
    """A message left for operators, or an opinion; `version` counts what operators changed."""

    receipt: str
    kind: str
    text: str
    conversation_id: str
    channel: str
    message_id: str
    created_at: str
    status: str = TicketStatus.OPEN
    answered_by: str | None = None
    answered_at: str | None = None
    assignee: str | None = None
    due_at: str | None = None
    closed_at: str | None = None
    """When it was closed without an answer."""
    version: int = 0

    @property
    def is_unfinished(self) -> bool:
        """Whether somebody still has to see to it."""
        return self.status in UNFINISHED

    def public(self) -> dict[str, Any]:
        """The ticket as the desk shows it."""
        return asdict(self)

    def for_citizen(self) -> dict[str, Any]:
        """What the citizen who left it may know; when it is due would be a promise."""
        shown = ("receipt", "kind", "status", "text", "created_at", "answered_at", "closed_at")
        return {name: getattr(self, name) for name in shown}


class Happening(StrEnum):
    """What happened to a conversation beside what was said: the kinds of its history (対応履歴)."""

    QUEUED = "queued"
    """Handed to the operators; `reason`: asked or offered, `after`: outcome of the turn before."""
    LEFT_QUEUE = "left_queue"
    CLAIMED = "claimed"
    TRANSFERRED = "transferred"
    """By its owner to the operator `to`."""
    REQUEUED = "requeued"
    """By its owner back into the queue."""
    RETURNED = "returned"
    """To the bot."""
    CLOSED = "closed"
    """With the `disposition`."""
    REOPENED = "reopened"
    NOTE = "note"
    """A private note of an operator."""
    TICKET = "ticket"
    """A ticket was taken down; `receipt` and `kind`."""
    TICKET_CHANGED = "ticket_changed"
    """An operator answered, assigned or otherwise changed the ticket `receipt`."""


class Priority(StrEnum):
    """Why a conversation goes before others in the queue, foremost first."""

    EMERGENCY = "emergency"
    """Danger to life was spoken of lately."""
    RETURNING = "returning"
    """Back after the answer to a ticket."""


class Disposition(StrEnum):
    """How a conversation ended, as an operator says when closing it."""

    SOLVED = "solved"
    REFERRED = "referred"
    FOLLOW_UP = "follow_up"
    NO_REPLY = "no_reply"
    OUT_OF_BUSINESS = "out_of_business"
    OTHER = "other"


class HandoffReason(StrEnum):
    """Why a conversation came into the queue."""

    ASKED = "asked"
    """In the citizen's own words."""
    OFFERED = "offered"
    """By the choice that the bot offers."""
    TICKET = "ticket"
    """Back after the answer to a ticket."""


@dataclass(frozen=True)
class Entry:
    """One entry of a conversation's history, which operators alone see; `id` and `at` as stored."""

    kind: Happening
    operator: str | None = None
    text: str = ""
    detail: dict[str, str] = field(default_factory=dict)
    id: str = ""
    at: str = ""

    def public(self) -> dict[str, Any]:
        """The entry as the desk shows it; fields without content are left out."""
        return {name: value for name, value in asdict(self).items() if value}


@dataclass(frozen=True)
class Conversation:
    """A conversation's state between two changes; `version` counts the changes."""

    id: str
    channel: str
    version: int
    created_at: str
    token_hash: str
    state: State = State.BOT
    handled: str = START
    """All of the citizen's messages up to this one are handled."""
    ahead: frozenset[str] = frozenset()
    """Messages after `handled` that were handled out of turn, while the engine was down."""
    owner: str | None = None
    claim_id: str | None = None
    """Names the present ownership: whoever writes as the owner has to have seen this very one."""
    waiting_since: str | None = None
    priority: str | None = None
    """Of `Priority`, as of the last handoff; None for the many without one."""
    danger_at: str | None = None
    """When danger to life was met last."""
    ticket_after: str | None = None
    """The next free text after this message becomes a ticket."""
    apologised: str | None = None
    """The message for whose delay the citizen has already read an apology."""
    topic: str | None = None
    last_text: str = ""
    last_at: str | None = None
    address: str | None = None
    """Where the channel delivers to, sealed; None if the citizen fetches what is said (web)."""
    blocked_since: str | None = None
    """Since when the citizen wants nothing delivered any more."""

    def summary(
        self,
        queue_position: int | None,
        undelivered: int = 0,
        viewers: tuple[str, ...] = (),
    ) -> dict[str, Any]:
        """The conversation as the desk's lists show it.

        `undelivered` counts messages, `viewers` are operators who look at it just now.
        """
        return {
            "conversation_id": self.id,
            "revision": self.version,
            "channel": self.channel,
            "state": self.state,
            "owner": self.owner,
            "claim_id": self.claim_id,
            "waiting_since": self.waiting_since,
            "queue_position": queue_position,
            "priority": self.priority if self.state in WITH_PEOPLE else None,
            "topic": self.topic,
            "last_text": self.last_text,
            "last_at": self.last_at,
            "undelivered": undelivered,
            "viewers": list(viewers),
        }


@dataclass(frozen=True)
class Change:
    """What one step makes of a conversation; written as a whole or not at all."""

    drafts: tuple[Draft, ...] = ()
    fields: dict[str, Any] = field(default_factory=dict)
    """New values of `Conversation` fields."""
    tickets: tuple[Ticket, ...] = ()
    handles: str | None = None
    """The citizen's message that is handled with this change."""
    ahead: bool = False
    """Whether older messages are still to be handled (see `Conversation.ahead`)."""
    client_message_id: str | None = None
    """Makes an operator's repeated request a repeat instead of a second message."""
    reply_token: ReplyToken | None = None
    """What the messages may be answered with, if they answer no stored message."""
    private: dict[str, str] = field(default_factory=dict)
    """Receipt number → what a contact form was told, sealed; kept apart from the transcript."""
    history: tuple[Entry, ...] = ()
    """What happened, for operators; never shown to the citizen."""
