"""Stand-ins for the ports, each a few lines; the contract tests hold them to the real ones."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bot.channels.line.client import Done, Gone
from bot.conversation.delivery import Delivery
from bot.conversation.hours import TOKYO, Clock
from bot.conversation.model import (
    START,
    Conversation,
    Draft,
    Entry,
    Message,
    Offer,
    Outcome,
    ReplyToken,
    Role,
    Ticket,
    position,
)
from bot.conversation.ports import EngineReply, Lease, Load, Understood
from bot.conversation.transitions import apply
from bot.errors import Conflict, EngineFailed, EngineUnavailable, not_found, too_many

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.model import Change, Incoming

NOON = datetime(2021, 4, 1, 12, 0, tzinfo=TOKYO)
NIGHT = datetime(2021, 4, 1, 22, 30, tzinfo=TOKYO)


def conversation(conversation_id: str = "c1") -> Conversation:
    return Conversation(
        id=conversation_id,
        channel="web",
        version=0,
        created_at=NOON.isoformat(),
        token_hash="hash",
    )


class StoppedClock(Clock):
    def __init__(self, at: datetime = NOON) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at


class FakeEngine:
    """Echoes, unless a reply is prepared for a text; `down` and `broken` make it fail."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []
        self.prepared: dict[str, list[EngineReply]] = {}
        self.meant: dict[str, Understood] = {}
        self.down = False
        self.broken = 0
        self.on_ask = asyncio.Event()

    async def reply(
        self, conversation_id: str, message_id: str, text: str, chosen: dict[str, str] | None
    ) -> list[EngineReply]:
        del conversation_id, chosen
        self.asked.append((message_id, text))
        self.on_ask.set()
        if self.down:
            raise EngineUnavailable("down")
        if self.broken:
            self.broken -= 1
            raise EngineFailed("broken")
        echo = Draft(Role.BOT, f"「{text}」ですね。", outcome=Outcome.SMALLTALK)
        return self.prepared.get(text, [EngineReply(echo)])

    async def understand(self, text: str) -> Understood:
        if self.down:
            raise EngineUnavailable("down")
        return self.meant.get(text, Understood())

    async def ping(self) -> bool:
        return not self.down

    async def close(self) -> None:
        self.down = True


class FakeStore:
    """Conversations in memory."""

    def __init__(self, clock: Clock | None = None) -> None:
        self._clock = clock or StoppedClock()
        self._states: dict[str, Conversation] = {}
        self._said: dict[str, list[Message]] = defaultdict(list)
        self._seen: dict[tuple[str, str], str] = {}
        self._offers: dict[tuple[str, str], Offer] = {}
        self._tickets: dict[str, dict[str, Ticket]] = defaultdict(dict)
        self._tokens: dict[str, ReplyToken] = {}
        self._withdrawn: dict[str, set[str]] = defaultdict(set)
        self._accepted: dict[str, int] = defaultdict(int)
        self._history: dict[str, list[Entry]] = defaultdict(list)
        self.deliveries: dict[str, dict[str, Delivery]] = defaultdict(dict)
        self.fates: dict[str, dict[str, str]] = defaultdict(dict)

    async def create(self, conversation: Conversation) -> None:
        self._states[conversation.id] = conversation

    async def load(self, conversation_id: str) -> Conversation:
        if conversation_id not in self._states:
            raise not_found("conversation_not_found")
        return self._states[conversation_id]

    async def accept(self, conversation_id: str, incoming: Incoming, per_minute: int = 0) -> str:
        state = await self.load(conversation_id)
        key = (conversation_id, incoming.client_message_id)
        if key not in self._seen:
            self._accepted[conversation_id] += 1
            if 0 < per_minute < self._accepted[conversation_id]:
                raise too_many("too_many_messages", 1)
            self._seen[key] = self._append(
                conversation_id,
                Message(
                    "",
                    incoming.at,
                    Role.CITIZEN,
                    incoming.text,
                    chosen=incoming.chosen,
                    masked=incoming.masked,
                ),
            )
            if incoming.reply_token:
                self._tokens[self._seen[key]] = incoming.reply_token
            self._states[conversation_id] = replace(
                state, last_text=incoming.text, last_at=incoming.at
            )
        return self._seen[key]

    async def commit(self, conversation: Conversation, change: Change) -> Conversation:
        known = (conversation.id, change.client_message_id or "")
        if known in self._seen:
            return await self.load(conversation.id)
        if (await self.load(conversation.id)).version != conversation.version:
            raise Conflict(conversation.id)
        written = [
            self._append(conversation.id, self._message(conversation.id, draft))
            for draft in change.drafts
        ]
        happened = self._history[conversation.id]
        at = self._clock.now().isoformat(timespec="milliseconds")
        happened += [
            replace(entry, id=f"{number}-0", at=at)
            for number, entry in enumerate(change.history, len(happened) + 1)
        ]
        if change.client_message_id:
            self._seen[known] = written[-1] if written else ""
        for ticket in change.tickets:
            self._tickets[conversation.id][ticket.receipt] = ticket
        latest = self._states[conversation.id]
        changed = replace(
            apply(conversation, change),
            version=conversation.version + 1,
            last_text=latest.last_text,
            last_at=latest.last_at,
        )
        self._states[conversation.id] = changed
        if changed.address and written:
            self._put_out(changed, change, tuple(written))
        return changed

    def _put_out(self, changed: Conversation, change: Change, written: tuple[str, ...]) -> None:
        state = "blocked" if changed.blocked_since else "waiting"
        self.fates[changed.id] |= dict.fromkeys(written, state)
        if state == "waiting":
            answered = [draft.in_reply_to for draft in change.drafts if draft.in_reply_to]
            token = change.reply_token
            if not token and answered:
                token = self._tokens.pop(answered[-1], None)
            delivery = Delivery(written[0], written, str(uuid4()), token)
            self.deliveries[changed.id][written[0]] = delivery

    async def between(self, conversation_id: str, first: str, last: str) -> list[Message]:
        low, high = position(first), position(last)
        said = self._said[conversation_id]
        return [m for m in said if low <= position(m.id) <= high and not m.withdrawn]

    async def withdraw(self, conversation_id: str, client_message_id: str, text: str) -> str | None:
        message_id = self._seen.setdefault((conversation_id, client_message_id), "")
        said = self._said[conversation_id]
        for place, message in enumerate(said):
            if message.id == message_id and message.role is Role.CITIZEN:
                said[place] = Message(message.id, message.at, message.role, text, withdrawn=True)
                state = self._states[conversation_id]
                last = text if state.last_text == message.text else state.last_text
                self._states[conversation_id] = replace(
                    state, last_text=last, version=state.version + 1
                )
                return message_id
        return None

    async def withdrawn(self, conversation_id: str) -> list[Message]:
        return [message for message in self._said[conversation_id] if message.withdrawn]

    async def messages(
        self, conversation_id: str, after: str, limit: int | None = None
    ) -> list[Message]:
        said = [m for m in self._said[conversation_id] if position(m.id) > position(after)]
        return said[:limit]

    async def read(
        self, conversation_id: str, after: str | None = None
    ) -> tuple[Conversation, list[Message]]:
        conversation = await self.load(conversation_id)
        return conversation, await self.messages(conversation_id, after or conversation.handled)

    async def history(self, conversation_id: str) -> list[Entry]:
        return list(self._history[conversation_id])

    async def last_entry(self, conversation_id: str) -> str | None:
        happened = self._history[conversation_id]
        return happened[-1].id if happened else None

    async def seen(self, conversation_id: str, client_message_id: str) -> str | None:
        return self._seen.get((conversation_id, client_message_id))

    async def offer(self, conversation_id: str, choice: str) -> Offer | None:
        return self._offers.get((conversation_id, choice))

    async def tickets(self, conversation_id: str) -> list[Ticket]:
        found = self._tickets[conversation_id].values()
        return sorted(found, key=lambda ticket: position(ticket.message_id))

    def _append(self, conversation_id: str, message: Message) -> str:
        said = self._said[conversation_id]
        message_id = f"{position(said[-1].id if said else START)[0] + 1}-0"
        said.append(replace(message, id=message_id))
        return message_id

    def _message(self, conversation_id: str, draft: Draft) -> Message:
        choices = []
        for offer in draft.offers:
            token = f"choice-{len(self._offers)}"
            self._offers[conversation_id, token] = offer
            choices.append({"label": offer.label, "choice": token})
        return Message(
            id="",
            at=self._clock.now().isoformat(timespec="milliseconds"),
            role=draft.role,
            text=draft.text,
            in_reply_to=draft.in_reply_to,
            outcome=draft.outcome,
            initiative=draft.initiative,
            facet=draft.facet,
            sources=draft.sources,
            choices=tuple(choices),
            final=draft.final,
            author=draft.author,
            form=draft.form,
            easy=draft.easy,
            confidence=draft.confidence,
            survey=draft.survey,
        )


class FakeOutbox:
    """The deliveries that a fake store wrote."""

    def __init__(self, store: FakeStore) -> None:
        self._store = store

    async def first(self, conversation_id: str) -> Delivery | None:
        found = self._store.deliveries[conversation_id]
        return found[min(found, key=position)] if found else None

    async def keep(
        self, conversation_id: str, delivery: Delivery, state: str | None = None
    ) -> Delivery | None:
        if not self._is_current(conversation_id, delivery):
            return None
        kept = replace(delivery, revision=delivery.revision + 1)
        self._store.deliveries[conversation_id][delivery.id] = kept
        if state:
            self._store.fates[conversation_id] |= dict.fromkeys(delivery.messages, state)
        return kept

    async def finish(self, conversation_id: str, delivery: Delivery, state: str) -> bool:
        if not self._is_current(conversation_id, delivery):
            return False
        del self._store.deliveries[conversation_id][delivery.id]
        self._store.fates[conversation_id] |= dict.fromkeys(delivery.messages, state)
        return True

    async def states(self, conversation_id: str) -> dict[str, str]:
        return self._store.fates[conversation_id]

    def _is_current(self, conversation_id: str, delivery: Delivery) -> bool:
        stored = self._store.deliveries[conversation_id].get(delivery.id)
        return stored is not None and stored.revision == delivery.revision


class FakeShown:
    """How far citizens have got, in memory."""

    def __init__(self) -> None:
        self._last: dict[str, str] = {}

    async def passed(self, conversation_id: str, message_id: str) -> None:
        known = await self.last(conversation_id)
        self._last[conversation_id] = max(known, message_id, key=position)

    async def last(self, conversation_id: str) -> str:
        return self._last.get(conversation_id, START)


class FakeDeskIndex:
    """The desk's queue in memory."""

    def __init__(self) -> None:
        self.versions: dict[str, int] = {}
        self.waiting: dict[str, str] = {}
        self.priorities: dict[str, str | None] = {}
        self.read = 0

    async def update(self, conversation: Conversation) -> None:
        if self.versions.get(conversation.id, -1) > conversation.version:
            return
        self.versions[conversation.id] = conversation.version
        self.waiting.pop(conversation.id, None)
        if conversation.state == "waiting":
            self.waiting[conversation.id] = conversation.waiting_since or ""
            self.priorities[conversation.id] = conversation.priority

    async def queue(self) -> list[str]:
        self.read += 1
        return sorted(self.waiting, key=lambda one: (self._rank(one), self.waiting[one]))

    async def queue_position(self, conversation_id: str) -> int | None:
        line = await self.queue()
        return line.index(conversation_id) + 1 if conversation_id in line else None

    async def queue_length(self) -> int:
        return len(self.waiting)

    async def next_place(self, priority: str | None) -> int:
        return sum(self._rank(one) <= _RANKS[priority] for one in self.waiting) + 1

    def _rank(self, conversation_id: str) -> int:
        return _RANKS[self.priorities.get(conversation_id)]


_RANKS = {"emergency": 0, "returning": 1, None: 2}


class FakeTicketIndex:
    """The tickets that the desk was told of, by their receipt."""

    def __init__(self) -> None:
        self.known: dict[str, Ticket] = {}

    async def update(self, tickets: Iterable[Ticket]) -> None:
        self.known |= {ticket.receipt: ticket for ticket in tickets}


class FakePresence:
    """Sato has the desk open, unless nobody has."""

    def __init__(self) -> None:
        self.names = ["sato"]

    async def present(self) -> list[str]:
        return self.names


class FakeWaits:
    """How long those before waited, in seconds."""

    def __init__(self) -> None:
        self.median: float | None = None

    async def ended(self, since: str) -> None:
        self.median = (NOON - datetime.fromisoformat(since)).total_seconds()

    async def expected(self) -> float | None:
        return self.median

    async def next_place(self, priority: str | None) -> int:
        return sum(self._rank(one) <= _RANKS[priority] for one in self.waiting) + 1

    def _rank(self, conversation_id: str) -> int:
        return _RANKS[self.priorities.get(conversation_id)]


class FakeWorkList:
    """The work list in memory; lists made over the same `shared` dict show the same."""

    name = "work"

    def __init__(self, lease_ms: int = 10_000, shared: dict[str, Any] | None = None) -> None:
        self.lease_ms = lease_ms
        shared = shared or {"due": {}, "leases": {}, "again": set()}
        self._due: dict[str, float] = shared["due"]
        self._leases: dict[str, float] = shared["leases"]
        self._again: set[str] = shared["again"]

    async def schedule(self, conversation_id: str, delay: float = 0.0) -> Load:
        now = time.monotonic()
        if not delay and conversation_id in self._leases:
            self._again.add(conversation_id)
        else:
            due = self._due.get(conversation_id, now + delay)
            self._due[conversation_id] = min(now + delay, due)
        return Load(sum(at <= now for at in self._due.values()), len(self._leases))

    async def lease(self, at_most: int) -> list[Lease]:
        now = time.monotonic()
        for lapsed in [one for one, ends in self._leases.items() if ends <= now]:
            del self._leases[lapsed]
            self._again.discard(lapsed)
            self._due[lapsed] = 0.0
        ready = [one for one, at in self._due.items() if at <= now]
        taken = sorted(ready, key=self._due.__getitem__)[:at_most]
        return [lease for one in taken if (lease := self._take(one, now))]

    async def renew(self, lease: Lease) -> Lease | None:
        if str(self._leases.get(lease.conversation_id)) != lease.ends:
            return None
        return self._grant(lease.conversation_id, time.monotonic())

    async def finish(self, lease: Lease, again_in: float | None = None) -> None:
        if str(self._leases.get(lease.conversation_id)) != lease.ends:
            return
        del self._leases[lease.conversation_id]
        if lease.conversation_id in self._again:
            self._again.discard(lease.conversation_id)
            again_in = 0
        if again_in is not None:
            at = time.monotonic() + again_in
            self._due[lease.conversation_id] = min(at, self._due.get(lease.conversation_id, at))

    def _take(self, conversation_id: str, now: float) -> Lease | None:
        del self._due[conversation_id]
        if conversation_id in self._leases:
            self._again.add(conversation_id)
            return None
        return self._grant(conversation_id, now)

    def _grant(self, conversation_id: str, now: float) -> Lease:
        self._leases[conversation_id] = now + self.lease_ms / 1000
        return Lease(conversation_id, str(self._leases[conversation_id]))


class FakeReceipts:
    async def new(self, conversation_id: str) -> str:
        del conversation_id
        return "1234-5678"


class FakeForms:
    async def new(self, conversation_id: str) -> str:
        return f"form-of-{conversation_id}"


class FakeLive:
    async def typing(self, conversation_id: str, role: str, *, typing: bool) -> None:
        """Nobody watches."""


class FakeLine:
    """LINE as far as we need it: what it showed, and outcomes prepared for the next calls.

    A prepared outcome may be a pair: the outcome, and whether LINE acted all the same.
    """

    def __init__(self) -> None:
        self.shown: list[dict[str, Any]] = []
        self.pushes = 0
        self.prepared: list[Any] = []
        self.loading: list[tuple[str, int]] = []
        self.read: list[str] = []
        self.used: set[str] = set()
        self.expired: set[str] = set()
        self.on_send = asyncio.Event()

    async def reply(self, token: str, messages: list[Any]) -> Any:
        outcome, acts = self._outcome()
        if acts and token in self.used | self.expired:
            return outcome or Gone()
        return self._show(messages, outcome, acts=acts, into=self.used, key=token)

    async def push(self, to: str, messages: list[Any], retry_key: str) -> Any:
        assert to.startswith(("U", "C", "R"))
        self.pushes += 1
        outcome, acts = self._outcome()
        if acts and retry_key in self.used:
            return outcome or Done()
        return self._show(messages, outcome, acts=acts, into=self.used, key=retry_key)

    async def show_loading(self, user_id: str, seconds: int) -> Any:
        self.loading.append((user_id, seconds))
        return Done()

    async def mark_as_read(self, token: str) -> Any:
        self.read.append(token)
        return Done()

    async def check_token(self) -> Any:
        return Done()

    async def close(self) -> None:
        """Nothing to let go of."""

    @property
    def texts(self) -> list[str]:
        return [message.get("text") or message["altText"] for message in self.shown]

    async def until(self, count: int) -> list[str]:
        """What was shown, as soon as it is so much."""
        async with asyncio.timeout(20):
            while len(self.shown) < count:
                self.on_send.clear()
                await self.on_send.wait()
        return self.texts

    def _outcome(self) -> tuple[Any, bool]:
        prepared = self.prepared.pop(0) if self.prepared else (None, True)
        return prepared if isinstance(prepared, tuple) else (prepared, False)

    def _show(
        self, messages: list[Any], outcome: Any, *, acts: bool, into: set[str], key: str
    ) -> Any:
        assert 0 < len(messages) <= 5
        if acts:
            into.add(key)
            self.shown += [message.to_dict() for message in messages]
            self.on_send.set()
        return outcome or Done()


def later(hours: float) -> str:
    return (NOON + timedelta(hours=hours)).isoformat()
