"""What happens with a citizen's message: one list of named steps, first match wins.

Everything here may run twice, on any gateway, at any moment: a turn is written together with the
mark that its message is handled, and only onto the version of the conversation it was decided on.
"""

from __future__ import annotations

import asyncio
import logging
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.conversation import happenings, replies
from bot.conversation.danger import help_needed
from bot.conversation.model import (
    START,
    Change,
    Entry,
    Happening,
    Intent,
    Outcome,
    Priority,
    Role,
    State,
    position,
)
from bot.conversation.turn import Turn
from bot.errors import Conflict, EngineFailed, EngineUnavailable
from bot.worded import Worded

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.conversation.counter import Counter
    from bot.conversation.hours import Calendar, Clock
    from bot.conversation.model import Conversation, Draft, Message, Offer
    from bot.conversation.ports import (
        ConversationStore,
        DeskIndex,
        Engine,
        EngineReply,
        Live,
        TicketIndex,
    )
    from bot.conversation.waiting import WaitingWords
    from bot.metrics import Metrics
    from bot.wording import Wording

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
"""After so long an engine that was down is asked again."""
ENGINE_ATTEMPTS = 3
"""So often a message may make the engine fail before the citizen is told that it cannot be done."""

DANGER_LASTS = timedelta(hours=1)
"""So long after danger to life was met a handoff is an emergency."""


class Flow:
    """Handles messages; see `steps` for the order."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: ConversationStore,
        engine: Engine,
        desk: DeskIndex,
        tickets: TicketIndex,
        counter: Counter,
        waiting: WaitingWords,
        live: Live,
        clock: Clock,
        hours: Calendar,
        wording: Wording,
        metrics: Metrics,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._engine = engine
        self._desk = desk
        self._tickets = tickets
        self._counter = counter
        self._waiting = waiting
        self._live = live
        self._clock = clock
        self._hours = hours
        self._wording = wording
        self._metrics = metrics

    @property
    def steps(self) -> tuple[Callable[[Turn], Awaitable[Change | None]], ...]:
        """The citizen's journey: each step takes the turn or leaves it to the next."""
        return (
            self.meet_danger,
            self.leave_it_to_the_person,
            self.carry_out_command,
            self.take_down_ticket,
            self.tell_how_ticket_stands,
            self.ask_engine,
        )

    async def settle(self, conversation_id: str) -> float | None:
        """Handles what is not handled yet, oldest first, and brings the desk's lists up to date.

        Returns:
            Seconds after which to come again, or None if nothing is left.
        """
        listed = None  # the version that the desk's lists are known to show
        while True:
            conversation, said = await self._store.read(conversation_id)
            pending = _pending(conversation, said)
            try:
                if not pending:
                    return await self._rest(conversation, listed)
                listed = await self._handle(Turn(conversation, pending[0]))
            except Conflict:
                continue
            except EngineUnavailable as error:
                logger.warning("engine unavailable: %s", error)
                self._metrics.engine_failures.inc()
                await self._bridge(conversation, pending)
                return RETRY_SECONDS

    async def _rest(self, conversation: Conversation, listed: int | None) -> float | None:
        """With nothing left to handle: who waits beyond closing time is told, and told once.

        Until then the work list remembers when to come again, whoever is running by then.
        """
        now = self._clock.now()
        again = None
        if conversation.state is State.WAITING:
            if not self._hours.is_open(now):
                opens = self._hours.next_opening(now)
                change = self._waiting.at_closing(conversation, opens, now)
                conversation = await self._store.commit(conversation, change)
            else:
                again = (self._hours.next_closing(now) - now).total_seconds()
        if conversation.version != listed:
            # Whoever wrote it may have died before the lists were brought up to date.
            await self._tickets.update(await self._store.tickets(conversation.id))
            await self._desk.update(conversation)
        return again

    async def _handle(self, turn: Turn) -> int:
        """Returns the version of the conversation after it, as the desk's lists show it."""
        for step in self.steps:
            change = await step(turn)
            if change is not None:
                return await self._write(turn, change)
        raise AssertionError("the last step takes every turn")

    async def _write(self, turn: Turn, change: Change, *, ahead: bool = False) -> int:
        if turn.message.masked:
            notice = replies.notice(turn.message, self._wording.render("personal_data_masked"))
            offered = await self._counter.with_form(notice, turn)
            change = replace(change, drafts=(offered, *change.drafts))
        change = replace(change, handles=turn.message.id, ahead=ahead)
        conversation = await self._store.commit(turn.conversation, change)
        await self._tickets.update(change.tickets)
        await self._desk.update(conversation)
        for draft in change.drafts:
            if draft.final:
                self._metrics.turns.labels(turn.conversation.channel, draft.outcome).inc()
        return conversation.version

    async def meet_danger(self, turn: Turn) -> Change | None:
        """Danger to life: 119, 110 or a helpline at once, by a rule that waits for nothing."""
        state = turn.conversation.state
        key = None if turn.message.chosen else help_needed(turn.message.text)
        if key is None or state is State.OPERATOR:
            return None
        met = {"danger_at": self._clock.now().isoformat()}
        if state is State.WAITING:
            text = self._wording.render("emergency_while_waiting")
            first = {**met, "priority": Priority.EMERGENCY}
            return Change((replies.notice(turn.message, text),), first)
        text = self._wording.render(key)
        draft = replies.last(turn.message, text, Outcome.EMERGENCY, self._person())
        return Change((draft,), {**met, "state": State.BOT})

    async def leave_it_to_the_person(self, turn: Turn) -> Change | None:
        """While a person is called or there, the bot is silent."""
        state = turn.conversation.state
        if state not in {State.WAITING, State.OPERATOR}:
            return None
        if state is State.WAITING and turn.intent == Intent.LEAVE_QUEUE:
            fields = {"state": State.BOT, "waiting_since": None}
            text = self._wording.render("queue_left")
            draft = replies.last(turn.message, text, Outcome.HANDOFF)
            return Change((draft,), fields, history=(Entry(Happening.LEFT_QUEUE),))
        if state is State.WAITING and turn.intent == Intent.LEAVE_MESSAGE:
            invitation = await self._counter.ask(turn)
            return replies.joined(self._waiting.left("message"), invitation)
        if state is State.WAITING and turn.intent == Intent.HANDOFF:
            return Change((replies.notice(turn.message, await self._place(turn)),))
        if turn.intent == Intent.UNREADABLE and not turn.is_sticker:
            text = self._wording.render("only_text_for_operators")
            return Change((replies.notice(turn.message, text),))
        return Change()

    async def carry_out_command(self, turn: Turn) -> Change | None:
        """A clicked choice that needs no understanding."""
        if turn.intent == Intent.HANDOFF:
            return await self._hand_off(turn)
        if turn.intent in {Intent.LEAVE_MESSAGE, Intent.KEEP_WORDS}:
            return await self._counter.ask(turn)
        if turn.intent == Intent.CANCEL_TICKET:
            text = self._wording.render("ticket_cancelled")
            draft = replies.last(turn.message, text, Outcome.HANDOFF)
            return Change((draft,), {"ticket_after": None})
        if turn.intent == Intent.LEAVE_QUEUE:
            text = self._wording.render("queue_left")
            return Change((replies.last(turn.message, text, Outcome.HANDOFF),))
        if turn.intent == Intent.UNREADABLE:
            text = self._wording.render("only_text")
            draft = replies.last(turn.message, text, Outcome.CLARIFY, self._person())
            return Change((draft,))
        return None

    async def take_down_ticket(self, turn: Turn) -> Change | None:
        """After hours, the text that follows the bot's invitation is the message for staff."""
        invited = turn.conversation.ticket_after
        if turn.message.chosen or invited is None or not _later(turn.message.id, invited):
            return None
        return await self._counter.take(turn, turn.message.text)

    async def tell_how_ticket_stands(self, turn: Turn) -> Change | None:
        """A receipt number by itself asks what became of the message or opinion."""
        return None if turn.message.chosen else await self._counter.how_it_stands(turn)

    async def ask_engine(self, turn: Turn) -> Change:
        """Everything else is for the engine to understand and answer."""
        message = turn.message
        try:
            # The engine need not wait until everybody knows that the bot is at it.
            typing = self._live.typing(turn.conversation.id, Role.BOT, typing=True)
            found, _ = await asyncio.gather(self._ask_patiently(turn), typing)
        except EngineFailed:
            logger.exception("engine failed on message %s", message.id)
            self._metrics.engine_failures.inc()
            text = self._wording.render("turn_failed")
            return Change((replies.last(message, text, Outcome.CLARIFY, self._person()),))
        change = Change(fields={"state": State.BOT})
        for reply in found:
            change = replies.joined(change, await self._apply(turn, reply))
        return replies.finished(change)

    async def _ask_patiently(self, turn: Turn) -> list[EngineReply]:
        """Asks again if the engine fails; a restart of its parts may have been the cause."""
        message = turn.message
        for _ in range(ENGINE_ATTEMPTS - 1):
            try:
                return await self._engine.reply(
                    turn.conversation.id, message.id, message.text, message.chosen
                )
            except EngineFailed:
                logger.warning("engine failed on message %s, asking again", message.id)
        return await self._engine.reply(
            turn.conversation.id, message.id, message.text, message.chosen
        )

    async def _apply(self, turn: Turn, reply: EngineReply) -> Change:
        """A reply as it is, or what the gateway does for its effect."""
        if reply.effect == "handoff":
            return await self._hand_off(turn)
        draft = replace(reply.draft, in_reply_to=turn.message.id)
        if reply.effect == "opinion":
            return await self._counter.take_opinion(turn, draft)
        if draft.outcome is Outcome.LINE_INFO:
            draft = self._with_exceptions(draft)
        fields = {"topic": draft.initiative} if draft.initiative else {}
        if draft.outcome == Outcome.EMERGENCY:
            fields["danger_at"] = self._clock.now().isoformat()
        return Change((draft,), fields)

    async def _hand_off(self, turn: Turn) -> Change:
        """Within hours into the queue, outside them an invitation to leave a message."""
        now = self._clock.now()
        if not self._hours.is_open(now):
            opens = replies.spoken_time(self._hours.next_opening(now), now)
            return await self._counter.invite(turn, "handoff_after_hours", opens=opens)
        priority = await self._priority(turn, now)
        place = await self._desk.next_place(priority)
        text, offers = await self._waiting.said(place)
        draft = replies.last(turn.message, text, Outcome.HANDOFF, *offers)
        waiting = {"state": State.WAITING, "waiting_since": now.isoformat(), "ticket_after": None}
        waiting["priority"] = priority
        said = await self._store.messages(turn.conversation.id, START)
        return Change((draft,), waiting, history=(happenings.queued(turn.message, said),))

    async def _priority(self, turn: Turn, now: datetime) -> Priority | None:
        """What brings the conversation before others in the queue."""
        danger = turn.conversation.danger_at
        if danger and now - datetime.fromisoformat(danger) <= DANGER_LASTS:
            return Priority.EMERGENCY
        tickets = await self._store.tickets(turn.conversation.id)
        answered = any(ticket.status == "answered" for ticket in tickets)
        return Priority.RETURNING if answered else None

    async def _place(self, turn: Turn) -> str:
        """For who asks again for a person: the place in the queue by now."""
        place = await self._desk.queue_position(turn.conversation.id) or 1
        return await self._waiting.again(place)

    def _with_exceptions(self, draft: Draft) -> Draft:
        """The line's hours, and the days to come that have others."""
        found = self._hours.upcoming(self._clock.now(), replies.DAYS_AHEAD)
        if not found:
            return draft
        days = [replies.spoken_hours(self._wording, day, hours) for day, hours in found]
        differ = self._wording.render("hours_differ", days=Worded.joined("、", days))
        text = Worded.joined("\n", (Worded(draft.text, draft.easy), differ))
        return replace(draft, text=text, easy=text.easy)

    async def _bridge(self, conversation: Conversation, pending: list[Message]) -> None:
        """While the engine is down: say so once, and do what can be done without it."""
        for message in pending[1:]:
            turn = Turn(conversation, message)
            for step in self.steps[:-1]:
                change = await step(turn)
                if change is not None:
                    await self._write(turn, change, ahead=True)
                    return
        if conversation.apologised is None or _later(pending[0].id, conversation.apologised):
            text = self._wording.render("engine_down_apology")
            draft = replies.notice(pending[0], text, self._person())
            fields = {"apologised": pending[-1].id}
            changed = await self._store.commit(conversation, Change((draft,), fields))
            await self._desk.update(changed)

    def _person(self) -> Offer:
        return replies.offer(self._wording, "label_handoff", Intent.HANDOFF)


def _pending(conversation: Conversation, said: list[Message]) -> list[Message]:
    """The citizen's messages that are still to be handled, oldest first."""
    return [
        message
        for message in said
        if message.role == Role.CITIZEN
        and not message.withdrawn
        and message.id not in conversation.ahead
    ]


def _later(message_id: str, than: str) -> bool:
    return position(message_id) > position(than)
