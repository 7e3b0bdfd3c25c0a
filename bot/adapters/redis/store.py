"""Conversations in Redis: an append-only stream of messages and a hash of state each."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys
from bot.adapters.redis.records import (
    conversation_from,
    delivery_of,
    entry_from,
    event_of,
    message_from,
    stored_fields,
    to_json,
)
from bot.adapters.redis.scripts import script
from bot.adapters.redis.tracker import forget_words
from bot.conversation.model import Offer, Role, Ticket, position
from bot.conversation.transitions import apply
from bot.errors import Conflict, not_found, too_many

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.hours import Clock
    from bot.conversation.model import Change, Conversation, Draft, Entry, Incoming, Message
    from bot.conversation.ports import WorkList

_PAGE = 500
_TOKEN_BYTES = 12
_TOKEN_SECONDS = 120
"""Longer than any reply token lives."""
_COMMIT_KEYS = (
    *("state", "messages", "seen", "choices", "tickets", "private"),
    *("outbox", "delivery", "tokens", "history"),
)


class RedisConversationStore:
    """The conversation store; one Lua script for each way of writing."""

    def __init__(
        self,
        redis: Redis,
        clock: Clock,
        retention_days: int,
        deliveries: WorkList | None = None,
        replicas: int = 0,
    ) -> None:
        """Takes a client that decodes responses, and the days for which a conversation is kept.

        Conversations with something to deliver are put on the list `deliveries`. What is accepted
        counts once so many replicas have it.
        """
        self._redis = redis
        self._deliveries = deliveries
        self._clock = clock
        self._keep = retention_days * 24 * 60 * 60
        self._replicas = replicas
        self._create = script(redis, "create", replicas=replicas)
        self._read = script(redis, "read")
        self._accept = script(redis, "bucket", "accept", replicas=replicas)
        self._commit = script(redis, "commit")
        self._commit_accepted = script(redis, "commit", replicas=replicas)
        self._seal = script(redis, "seal", replicas=replicas)
        self._judge = script(redis, "judge")
        self._withdraw = script(redis, "withdraw")

    async def create(self, conversation: Conversation) -> None:
        """Stores a new, empty conversation."""
        await self._create(
            keys=self._keys(conversation.id, "state"),
            args=[to_json(stored_fields(conversation)), self._keep],
        )

    async def load(self, conversation_id: str) -> Conversation:
        """Reads a conversation's state; 404 if there is none."""
        stored = await self._redis.hgetall(keys.conversation(conversation_id, "state"))
        if not stored:
            raise not_found("conversation_not_found")
        return conversation_from(cast("dict[str, str]", stored))

    async def read(
        self, conversation_id: str, after: str | None = None
    ) -> tuple[Conversation, list[Message]]:
        """A conversation and what was said after a message (None: the last handled), at once."""
        found = await self._read(
            keys=self._keys(conversation_id, "state", "messages", "withdrawn"),
            args=[after or "", _PAGE],
        )
        if not found:
            raise not_found("conversation_not_found")
        state, said, withdrawn = found
        conversation = conversation_from(_pairs(state))
        after = after or conversation.handled
        if len(said) == _PAGE:
            return conversation, await self.messages(conversation_id, after)
        messages = [message_from(message_id, body) for message_id, (_, body) in said]
        tombstones = [message_from(*one) for one in _pairs(withdrawn).items()]
        return conversation, _with_tombstones(messages, tombstones, after)

    async def accept(self, conversation_id: str, incoming: Incoming, per_minute: int = 0) -> str:
        """Stores a citizen's message, once for each client_message_id, and returns its ID.

        Beyond so many a minute (0: any number) it is refused with 429; repeats do not count.
        """
        body: dict[str, Any] = {"at": incoming.at, "role": Role.CITIZEN, "text": incoming.text}
        if incoming.chosen:
            body["chosen"] = incoming.chosen
        if incoming.masked:
            body["masked"] = True
        status, answer = await self._accept(
            keys=self._keys(conversation_id, "state", "seen", "messages", "tokens", "rate"),
            args=[
                incoming.client_message_id,
                to_json(body),
                incoming.text,
                incoming.at,
                self._keep,
                keys.EVENTS,
                event_of(conversation_id),
                to_json(asdict(incoming.reply_token)) if incoming.reply_token else "",
                _TOKEN_SECONDS,
                per_minute,
            ],
        )
        if status == "missing":
            raise not_found("conversation_not_found")
        if status == "limited":
            raise too_many("too_many_messages", int(answer))
        return str(answer)

    async def commit(self, conversation: Conversation, change: Change) -> Conversation:
        """Writes a change as a whole onto the version that was loaded.

        Returns the conversation after it. A change with a known client_message_id is a repeat:
        nothing is written, and the conversation comes back as stored.
        """
        changed = apply(conversation, change)
        fields = stored_fields(changed)
        del fields["version"]  # the script counts it up
        choices: dict[str, str] = {}
        body = {
            "version": str(conversation.version),
            "messages": [self._message(draft, choices) for draft in change.drafts],
            "fields": fields,
            "choices": choices,
            "tickets": {ticket.receipt: to_json(asdict(ticket)) for ticket in change.tickets},
            "private": change.private,
            "client_message_id": change.client_message_id or "",
            "history": [self._entry(entry) for entry in change.history],
        }
        if changed.address and change.drafts:
            body["delivery"] = delivery_of(changed, change)
        # What a client sends under an ID of its own is accepted; the rest can be done again.
        write = self._commit_accepted if change.client_message_id else self._commit
        status, *_ = await write(
            keys=self._keys(conversation.id, *_COMMIT_KEYS),
            args=[to_json(body), self._keep, keys.EVENTS, event_of(conversation.id)],
        )
        if status == "missing":
            raise not_found("conversation_not_found")
        if status == "conflict":
            raise Conflict(conversation.id)
        if status == "known":
            return await self.load(conversation.id)
        if "delivery" in body and self._deliveries:
            await self._deliveries.schedule(conversation.id)
        return replace(changed, version=conversation.version + 1)

    async def messages(
        self, conversation_id: str, after: str, limit: int | None = None
    ) -> list[Message]:
        """What was said after a message, oldest first."""
        key = keys.conversation(conversation_id, "messages")
        first = after
        found: list[Message] = []
        while limit is None or len(found) < limit:
            page = _PAGE if limit is None else min(_PAGE, limit - len(found))
            # The client decodes responses, which its types do not know.
            entries = cast(
                "list[tuple[str, dict[str, str]]]",
                await self._redis.xrange(key, min=f"({after}", max="+", count=page),
            )
            found.extend(message_from(entry_id, entry["m"]) for entry_id, entry in entries)
            if len(entries) < page:
                break
            after = entries[-1][0]
        return _with_tombstones(found, await self.withdrawn(conversation_id), first)[:limit]

    async def between(self, conversation_id: str, first: str, last: str) -> list[Message]:
        """The messages from one to another, both included, but for those that were withdrawn."""
        key = keys.conversation(conversation_id, "messages")
        entries = cast(
            "list[tuple[str, dict[str, str]]]",
            await self._redis.xrange(key, min=first, max=last),
        )
        return [message_from(entry_id, entry["m"]) for entry_id, entry in entries]

    async def withdraw(self, conversation_id: str, client_message_id: str, text: str) -> str | None:
        """Takes a citizen's message back, and returns its ID; `text` stands in its place.

        A message that has not come yet will not be stored when it does.
        """
        withdrawn = await self._withdraw(
            keys=self._keys(conversation_id, "state", "seen", "messages", "withdrawn", "tickets"),
            args=[client_message_id, text, self._keep, keys.EVENTS, event_of(conversation_id)],
        )
        if withdrawn:
            await forget_words(self._redis, conversation_id, str(withdrawn))
        return str(withdrawn) or None

    async def withdrawn(self, conversation_id: str) -> list[Message]:
        """What stands in the place of messages taken back, oldest first."""
        key = keys.conversation(conversation_id, "withdrawn")
        stored = cast("dict[str, str]", await self._redis.hgetall(key))
        found = [message_from(message_id, text) for message_id, text in stored.items()]
        return sorted(found, key=lambda message: position(message.id))

    async def seen(self, conversation_id: str, client_message_id: str) -> str | None:
        """The ID of the message that a client sent under its own ID, if it is stored."""
        key = keys.conversation(conversation_id, "seen")
        found = await self._redis.hget(key, client_message_id)
        if found:
            await self.seal(conversation_id)
        return str(found) if found else None

    async def seal(self, conversation_id: str) -> None:
        """Returns once replicas have all that was written of a conversation, if they are wanted.

        Raises:
            NotReplicated: if they do not have it in time.
        """
        if self._replicas:
            await self._seal(keys=self._keys(conversation_id, "state"), args=[self._keep])

    async def offer(self, conversation_id: str, choice: str) -> Offer | None:
        """What an opaque choice stands for, if it was offered in this conversation."""
        stored = await self._redis.hget(keys.conversation(conversation_id, "choices"), choice)
        return Offer(**json.loads(stored)) if stored else None

    async def tickets(self, conversation_id: str) -> list[Ticket]:
        """The tickets of a conversation, oldest first."""
        stored = await self._redis.hvals(keys.conversation(conversation_id, "tickets"))
        found = [Ticket(**json.loads(ticket)) for ticket in stored]
        return sorted(found, key=lambda ticket: position(ticket.message_id))

    async def history(self, conversation_id: str) -> list[Entry]:
        """What happened to the conversation beside what was said, oldest first."""
        key = keys.conversation(conversation_id, "history")
        entries = cast("list[tuple[str, dict[str, str]]]", await self._redis.xrange(key))
        return [entry_from(entry_id, entry["e"]) for entry_id, entry in entries]

    async def last_entry(self, conversation_id: str) -> str | None:
        """The ID of the history's last entry."""
        key = keys.conversation(conversation_id, "history")
        entries = await self._redis.xrevrange(key, count=1)
        return str(entries[0][0]) if entries else None

    async def private(self, conversation_id: str, receipt: str) -> str | None:
        """What a contact form was told under a receipt number, as it was handed in."""
        key = keys.conversation(conversation_id, "private")
        return cast("str | None", await self._redis.hget(key, receipt))

    async def give_feedback(
        self, conversation_id: str, message_id: str | None, feedback: dict[str, Any]
    ) -> Message | None:
        """Keeps what the citizen thinks of a message, or (None) of the talk with an operator.

        A later word replaces an earlier one. Returns the message.
        """
        found = await self.between(conversation_id, message_id, message_id) if message_id else []
        kept = await self._judge(
            keys=self._keys(conversation_id, "messages", "feedback"),
            args=[message_id or "", to_json(feedback), self._keep],
        )
        if not kept:
            raise not_found("unknown_message")
        return found[0] if found else None

    async def feedback(self, conversation_id: str) -> dict[str, dict[str, Any]]:
        """Message ID → what the citizen thinks of it."""
        key = keys.conversation(conversation_id, "feedback")
        stored = cast("dict[str, str]", await self._redis.hgetall(key))
        return {message_id: json.loads(given) for message_id, given in stored.items()}

    def _entry(self, entry: Entry) -> str:
        at = self._clock.now().isoformat(timespec="milliseconds")
        body = {**asdict(entry), "at": at}
        del body["id"]
        return to_json({name: value for name, value in body.items() if value})

    def _message(self, draft: Draft, choices: dict[str, str]) -> str:
        body = {"at": self._clock.now().isoformat(timespec="milliseconds"), **asdict(draft)}
        offered = []
        for offer in draft.offers:
            token = secrets.token_urlsafe(_TOKEN_BYTES)
            choices[token] = to_json(asdict(offer))
            offered.append({"label": offer.label, "choice": token})
        del body["offers"]
        body["choices"] = offered
        return to_json({name: value for name, value in body.items() if value})

    def _keys(self, conversation_id: str, *parts: str) -> list[str]:
        return [keys.conversation(conversation_id, part) for part in parts]


def _with_tombstones(found: list[Message], withdrawn: list[Message], after: str) -> list[Message]:
    """Messages with what stands in the place of those taken back."""
    wanted = [one for one in withdrawn if position(one.id) > position(after)]
    return sorted([*found, *wanted], key=lambda message: position(message.id)) if wanted else found


def _pairs(flat: list[str]) -> dict[str, str]:
    """A hash as scripts return it."""
    return dict(zip(flat[::2], flat[1::2], strict=True))
