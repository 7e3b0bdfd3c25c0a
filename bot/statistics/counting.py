"""Counts what was said and what happened: purely, piece by piece, each thing once.

A day's counts are a table of names and numbers, so that days add up. The names:

    conversations:<channel>:<hour>   conversations in which the citizen wrote, by the first hour
    messages:<channel>:<hour>        citizens' messages
    dealt:<Dealt>                    conversations by who dealt with them on that day
    outcome:<Outcome>                turns of the bot
    initiative:<id>, facet:<facet>   what turns were about
    handoff:<hour>, reason:<HandoffReason>, after:<Outcome>   ways into the queue
    left, returned, closed           ways out; disposition:<Disposition>
    ticket:<kind>                    tickets taken down
    wait:<s>, first:<s>, handling:<s>   how often something took so many seconds
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.conversation.hours import TOKYO
from bot.conversation.model import START, Happening, Outcome, Role, position

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.conversation.model import Entry, Message


class Dealt(StrEnum):
    """Who dealt with a conversation on one day; what stands further down outweighs the rest."""

    OTHER = "other"
    """Greetings, a menu, an opinion: nothing was asked that could be answered."""
    UNANSWERED = "unanswered"
    """The bot could answer none of the questions."""
    ALONE = "alone"
    """The bot answered, and nobody else was needed."""
    TICKET = "ticket"
    """A message was left for the staff."""
    HANDED = "handed"
    """It came to the operators."""


@dataclass(frozen=True)
class Carry:
    """How far a conversation is counted, and what of it is still open. Times are ISO 8601."""

    message: str = START
    entry: str = START
    day: str = ""
    """The last day on which the citizen wrote, as 2021-04-01."""
    dealt: str = ""
    queued_at: str = ""
    asked_at: str = ""
    """Since when the citizen waits for an operator's first words."""
    claimed_at: str = ""

    def to_json(self) -> str:
        """As one text, to be kept."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Carry:
        """What `to_json` made a text of; the empty text is a conversation never counted yet."""
        return cls(**json.loads(text)) if text else cls()


@dataclass
class Counts:
    """What to add: day → name → number, and day → questions without an answer."""

    numbers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    questions: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))
    """Message ID → outcome, initiative and facet of the reply, with spaces between."""


def count(
    channel: str, carry: Carry, messages: list[Message], entries: list[Entry]
) -> tuple[Carry, Counts]:
    """Counts what is new in a conversation, given in the order in which it was stored.

    However a conversation is cut into pieces, the sum is the same.
    """
    counting = _Counting(channel, carry)
    steps: list[tuple[tuple[int, int, int], Callable[[], None]]] = []
    for message in messages:
        milliseconds, number = position(message.id)
        steps.append(((milliseconds, 0, number), lambda one=message: counting.message(one)))  # type: ignore[misc]
    for entry in entries:
        milliseconds, number = position(entry.id)
        steps.append(((milliseconds, 1, number), lambda one=entry: counting.entry(one)))  # type: ignore[misc]
    for _, step in sorted(steps, key=lambda pair: pair[0]):
        step()
    return counting.carry, counting.counts


class _Counting:
    """Goes through a conversation; `carry` and `counts` are its result."""

    def __init__(self, channel: str, carry: Carry) -> None:
        self.carry = carry
        self.counts = Counts()
        self._channel = channel
        self._told: set[tuple[str | None, str | None, str | None]] = set()

    def message(self, message: Message) -> None:
        if message.role == Role.CITIZEN:
            self._citizen(message.at)
        elif message.role == Role.BOT:
            self._bot(message)
        elif message.role == Role.OPERATOR and self.carry.claimed_at:
            self._deal(Dealt.HANDED)
            self._took("first", "asked_at", message.at)
        self._keep(message=message.id)

    def entry(self, entry: Entry) -> None:
        happened = {
            Happening.QUEUED: self._queued,
            Happening.LEFT_QUEUE: self._left,
            Happening.CLAIMED: self._claimed,
            Happening.TRANSFERRED: self._transferred,
            Happening.REQUEUED: self._requeued,
            Happening.RETURNED: self._returned,
            Happening.CLOSED: self._closed,
            Happening.REOPENED: self._reopened,
            Happening.TICKET: self._ticket,
        }.get(entry.kind)
        if happened:
            happened(entry)
        self._keep(entry=entry.id)

    def _citizen(self, at: str) -> None:
        day, hour = _day(at), _hour(at)
        self._add(at, f"messages:{self._channel}:{hour}")
        if day == self.carry.day:
            return
        with_operators = self.carry.queued_at or self.carry.claimed_at
        dealt = Dealt.HANDED if with_operators else Dealt.OTHER
        self._keep(day=day, dealt=dealt)
        self._add(at, f"conversations:{self._channel}:{hour}", f"dealt:{dealt}")

    def _bot(self, message: Message) -> None:
        if message.final and message.outcome:
            self._add(message.at, f"outcome:{message.outcome}")
        about = (message.in_reply_to, message.initiative, message.facet)
        if message.initiative and about not in self._told:
            self._told.add(about)  # an answer in several messages is one; they come in one piece
            names = [f"initiative:{message.initiative}"]
            self._add(message.at, *names, *([f"facet:{message.facet}"] if message.facet else []))
        if message.outcome == Outcome.ANSWER:
            self._deal(Dealt.ALONE)
        elif message.outcome in {Outcome.NOT_STATED, Outcome.OUT_OF_SCOPE}:
            self._deal(Dealt.UNANSWERED)
            if message.in_reply_to:
                parts = (message.outcome, message.initiative or "-", message.facet or "-")
                questions = self.counts.questions[_day(message.at)]
                questions[message.in_reply_to] = " ".join(parts)

    def _queued(self, entry: Entry) -> None:
        names = [f"handoff:{_hour(entry.at)}"]
        names += [
            f"{name}:{entry.detail[name]}" for name in ("reason", "after") if name in entry.detail
        ]
        self._add(entry.at, *names)
        self._deal(Dealt.HANDED)
        self._keep(queued_at=entry.at, asked_at=entry.at)

    def _left(self, entry: Entry) -> None:
        self._add(entry.at, "left")
        self._keep(queued_at="", asked_at="")

    def _claimed(self, entry: Entry) -> None:
        self._took("wait", "queued_at", entry.at)
        self._keep(claimed_at=entry.at)

    def _transferred(self, entry: Entry) -> None:
        self._took("handling", "claimed_at", entry.at)
        self._keep(claimed_at=entry.at)

    def _requeued(self, entry: Entry) -> None:
        self._took("handling", "claimed_at", entry.at)
        self._keep(queued_at=entry.at, asked_at=entry.at)

    def _returned(self, entry: Entry) -> None:
        self._ended(entry.at, "returned")

    def _closed(self, entry: Entry) -> None:
        self._ended(entry.at, "closed")
        self._add(entry.at, f"disposition:{entry.detail.get('disposition', '-')}")

    def _ended(self, at: str, how: str) -> None:
        self._took("handling", "claimed_at", at)
        self._add(at, how)
        self._keep(queued_at="", asked_at="")

    def _reopened(self, entry: Entry) -> None:
        self._keep(claimed_at=entry.at)

    def _ticket(self, entry: Entry) -> None:
        kind = entry.detail.get("kind", "message")
        self._add(entry.at, f"ticket:{kind}")
        if kind == "message":
            self._deal(Dealt.TICKET)

    def _deal(self, dealt: Dealt) -> None:
        """Counts for the last day on which the citizen wrote, however late it is settled."""
        order = list(Dealt)
        known = self.carry.dealt
        if not known or order.index(dealt) <= order.index(Dealt(known)):
            return
        self.counts.numbers[self.carry.day][f"dealt:{known}"] -= 1
        self.counts.numbers[self.carry.day][f"dealt:{dealt}"] += 1
        self._keep(dealt=dealt)

    def _took(self, name: str, since: str, at: str) -> None:
        """Something that began at the carried time `since` is over; counts for the day it began."""
        began = getattr(self.carry, since)
        if began:
            seconds = datetime.fromisoformat(at) - datetime.fromisoformat(began)
            self._add(began, f"{name}:{max(round(seconds.total_seconds()), 0)}")
            self._keep(**{since: ""})

    def _add(self, at: str, *names: str) -> None:
        self.counts.numbers[_day(at)].update(names)

    def _keep(self, **values: str) -> None:
        self.carry = replace(self.carry, **values)


def _day(at: str) -> str:
    return datetime.fromisoformat(at).astimezone(TOKYO).date().isoformat()


def _hour(at: str) -> str:
    return f"{datetime.fromisoformat(at).astimezone(TOKYO).hour:02}"
