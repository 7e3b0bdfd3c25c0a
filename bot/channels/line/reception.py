"""What happens with each event of LINE: it becomes a message, a notice, or a mark.

Every step here writes once under the event's own ID, so an event that is taken twice (its worker
died after writing) acts once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bot.channels.line import postback
from bot.channels.line.events import Event, Kind, restored
from bot.channels.line.postback import MenuKind
from bot.conversation.model import (
    Change,
    Draft,
    Entry,
    Happening,
    Incoming,
    Intent,
    Offer,
    Outcome,
    ReplyToken,
    Role,
    State,
)
from bot.errors import Conflict, RequestError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from typing import Any

    from bot.adapters.redis.feedback import RedisFeedback
    from bot.adapters.redis.inbox import Received, RedisInbox
    from bot.adapters.redis.store import RedisConversationStore
    from bot.channels.line.indicator import Indicator
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation
    from bot.wording import Wording

CHANNEL = "line"
GROUP_CHANNEL = "line_group"
"""Not for the desk: nothing said in a group is kept, and nothing but one notice is said there."""
_MENU_INTENTS = {
    MenuKind.INITIATIVES: "menu",
    MenuKind.PERSON: str(Intent.HANDOFF),
    MenuKind.HOURS: "line_info",
}


@dataclass(frozen=True)
class Drained:
    """How many events were taken, and the seconds after which to come for the rest, if any."""

    taken: int
    again: float | None


@dataclass(frozen=True)
class _Arrival:
    """An event and where it belongs; `key`: what its one writing is known by."""

    conversation_id: str
    event: Event
    token: ReplyToken | None
    key: str

    @classmethod
    def of(cls, conversation_id: str, received: Received) -> _Arrival:
        event = restored(received.event)
        # A token lives from when LINE first delivered its event, which for an event that comes
        # again may have been as early as the event itself.
        at = min(received.arrived, event.timestamp) if event.redelivered else received.arrived
        token = ReplyToken(event.reply_token, at) if event.reply_token else None
        return cls(conversation_id, event, token, _own(event.message_id or event.id))


def _own(name: str) -> str:
    """LINE's IDs share one table with operators', so they carry the channel's name."""
    return f"line:{name}"


class Reception:
    """Takes events out of the inboxes."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: RedisConversationStore,
        inbox: RedisInbox,
        feedback: RedisFeedback,
        indicator: Indicator,
        clock: Clock,
        wording: Wording,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._inbox = inbox
        self._feedback = feedback
        self._indicator = indicator
        self._clock = clock
        self._wording = wording
        self._steps: dict[Kind, Callable[[_Arrival], Awaitable[None]]] = {
            Kind.TEXT: self._take_text,
            Kind.BAD_TEXT: self._take_bad_text,
            Kind.MEDIA: self._take_media,
            Kind.POSTBACK: self._take_postback,
            Kind.FOLLOW: self._greet,
            Kind.UNFOLLOW: self._mark_blocked,
            Kind.UNSEND: self._withdraw,
            Kind.GROUP: self._greet_group,
            Kind.LEAVE: self._leave,
        }

    async def drain(self, conversation_id: str) -> Drained:
        """Takes what has waited long enough, oldest first."""
        taken = 0
        while received := await self._inbox.first(conversation_id):
            if received.wait_seconds:
                return Drained(taken, received.wait_seconds)
            arrival = _Arrival.of(conversation_id, received)
            step = self._steps.get(arrival.event.kind)
            if step:
                await step(arrival)
            await self._inbox.done(conversation_id, received)
            taken += 1
        return Drained(taken, None)

    async def _take_text(self, arrival: _Arrival) -> None:
        event = arrival.event
        await self._accept(arrival, event.text, masked=event.masked)

    async def _take_bad_text(self, arrival: _Arrival) -> None:
        text = self._wording.render(f"error_{arrival.event.text}", **arrival.event.values)
        await self._say(arrival, Draft(Role.SYSTEM, text))

    async def _take_media(self, arrival: _Arrival) -> None:
        """Operators see what kind of thing was sent; the flow says that nobody can open it."""
        media = arrival.event.media
        label = self._wording.render(f"on_line_sent_{media}")
        await self._accept(arrival, label, {"intent": Intent.UNREADABLE, "kind": media})

    async def _take_postback(self, arrival: _Arrival) -> None:
        match postback.read(arrival.event.data):
            case postback.Choice(value):
                offer = await self._store.offer(arrival.conversation_id, value)
                await self._choose(arrival, offer)
            case postback.Feedback(message_id, helpful):
                await self._judge(arrival, message_id, helpful=helpful)
            case postback.Survey(helpful):
                await self._judge(arrival, None, helpful=helpful)
            case postback.Menu(MenuKind.ASK):
                await self._say(arrival, self._notice("on_line_ask"))
            case postback.Menu(kind):
                label = self._wording.render(f"label_on_line_menu_{kind}")
                await self._choose(arrival, Offer(label, {"intent": _MENU_INTENTS[kind]}))
            case _:
                await self._choose(arrival, None)

    async def _choose(self, arrival: _Arrival, offer: Offer | None) -> None:
        if offer is None:
            await self._say(arrival, self._notice("error_unknown_choice"))
        else:
            await self._accept(arrival, offer.label, offer.payload)

    async def _judge(self, arrival: _Arrival, message_id: str | None, *, helpful: bool) -> None:
        given = {"helpful": helpful, "at": self._clock.now().isoformat()}
        try:
            await self._feedback.give(arrival.conversation_id, message_id, given)
        except RequestError:
            await self._choose(arrival, None)
        else:
            await self._say(arrival, self._notice("on_line_thanks"))

    async def _greet(self, arrival: _Arrival) -> None:
        key = "on_line_welcome_back" if arrival.event.unblocked else "greeting_first"
        offers = (
            Offer(self._wording.render("label_menu"), {"intent": "menu"}),
            Offer(self._wording.render("label_handoff"), {"intent": Intent.HANDOFF}),
        )
        text = self._wording.render(key)
        draft = Draft(Role.BOT, text, outcome=Outcome.SMALLTALK, offers=offers, final=True)
        await self._say(arrival, draft, {"blocked_since": None})

    async def _mark_blocked(self, arrival: _Arrival) -> None:
        """Nothing more is delivered, and nobody waits in the queue who could not be answered."""
        now = self._clock.now().isoformat()

        def decide(conversation: Conversation) -> Change:
            fields: dict[str, Any] = {"blocked_since": now}
            history: tuple[Entry, ...] = ()
            if conversation.state is State.WAITING:
                fields |= {"state": State.BOT, "waiting_since": None}
                history = (Entry(Happening.LEFT_QUEUE),)
            return Change((self._notice("on_line_blocked"),), fields, history=history)

        await self._commit(arrival, decide)

    async def _withdraw(self, arrival: _Arrival) -> None:
        text = self._wording.render("withdrawn")
        message = _own(arrival.event.message_id)
        await self._store.withdraw(arrival.conversation_id, message, text)

    async def _greet_group(self, arrival: _Arrival) -> None:
        """Says once in each group that we serve one to one."""
        once = replace(arrival, key="line:one-to-one")
        await self._say(once, self._notice("on_line_one_to_one"), {"blocked_since": None})

    async def _leave(self, arrival: _Arrival) -> None:
        fields = {"blocked_since": self._clock.now().isoformat()}
        await self._commit(arrival, lambda _: Change(fields=fields))

    async def _accept(
        self,
        arrival: _Arrival,
        text: str,
        chosen: dict[str, str] | None = None,
        *,
        masked: bool = False,
    ) -> None:
        at = self._clock.now().isoformat(timespec="milliseconds")
        incoming = Incoming(arrival.key, text, at, chosen, masked, arrival.token)
        await self._store.accept(arrival.conversation_id, incoming)
        self._indicator.read(arrival.event.read_token)

    async def _say(
        self, arrival: _Arrival, draft: Draft, fields: dict[str, Any] | None = None
    ) -> None:
        change = Change((draft,), fields or {}, reply_token=arrival.token)
        await self._commit(arrival, lambda _: change)

    async def _commit(self, arrival: _Arrival, decide: Callable[[Conversation], Change]) -> None:
        while True:
            conversation = await self._store.load(arrival.conversation_id)
            change = replace(decide(conversation), client_message_id=arrival.key)
            try:
                await self._store.commit(conversation, change)
            except Conflict:
                continue
            return

    def _notice(self, key: str) -> Draft:
        return Draft(Role.SYSTEM, self._wording.render(key))
