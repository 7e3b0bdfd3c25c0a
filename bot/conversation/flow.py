"""What happens with a citizen's message: one list of named steps, first match wins.

Everything here may run twice, on any gateway, at any moment: a turn is written together with the
mark that its message is handled, and only onto the version of the conversation it was decided on.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.conversation import replies
from bot.conversation.danger import help_needed
from bot.conversation.model import (
    Change,
    Intent,
    Outcome,
    Priority,
    Role,
    State,
    Ticket,
    position,
)
from bot.errors import Conflict, EngineFailed, EngineUnavailable

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.conversation.hours import Clock, OpeningHours
    from bot.conversation.model import Conversation, Draft, Message, Offer
    from bot.conversation.ports import (
        ConversationStore,
        DeskIndex,
        Engine,
        EngineReply,
        Forms,
        Live,
        Receipts,
    )
    from bot.metrics import Metrics
    from bot.wording import Wording

logger = logging.getLogger(__name__)

RETRY_SECONDS = 2.0
"""After so long an engine that was down is asked again."""
ENGINE_ATTEMPTS = 3
"""So often a message may make the engine fail before the citizen is told that it cannot be done."""

DANGER_LASTS = timedelta(hours=1)
"""So long after danger to life was met a handoff is an emergency."""


@dataclass(frozen=True)
class Turn:
    """One message of the citizen and the conversation it arrives in."""

    conversation: Conversation
    message: Message

    @property
    def intent(self) -> str | None:
        """What a clicked choice asks for; None for free text."""
        return self.message.chosen.get("intent") if self.message.chosen else None

    @property
    def is_sticker(self) -> bool:
        """Whether a sticker was sent, which wants no answer from anybody who is already there."""
        return (self.message.chosen or {}).get("kind") == "sticker"


class Flow:
    """Handles messages; see `steps` for the order."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: ConversationStore,
        engine: Engine,
        desk: DeskIndex,
        receipts: Receipts,
        forms: Forms,
        live: Live,
        clock: Clock,
        hours: OpeningHours,
        wording: Wording,
        metrics: Metrics,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._engine = engine
        self._desk = desk
        self._receipts = receipts
        self._forms = forms
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
            self.ask_engine,
        )

    async def settle(self, conversation_id: str) -> float | None:
        """Handles what is not handled yet, oldest first, and brings the desk's lists up to date.

        Returns:
            Seconds after which to come again, or None if nothing is left.
        """
        while True:
            conversation = await self._store.load(conversation_id)
            pending = await self._pending(conversation)
            if not pending:
                await self._desk.update(conversation)
                return None
            try:
                await self._handle(Turn(conversation, pending[0]))
            except Conflict:
                continue
            except EngineUnavailable as error:
                logger.warning("engine unavailable: %s", error)
                self._metrics.engine_failures.inc()
                await self._bridge(conversation, pending)
                return RETRY_SECONDS

    async def _pending(self, conversation: Conversation) -> list[Message]:
        said = await self._store.messages(conversation.id, conversation.handled)
        return [
            message
            for message in said
            if message.role == Role.CITIZEN
            and not message.withdrawn
            and message.id not in conversation.ahead
        ]

    async def _handle(self, turn: Turn) -> None:
        for step in self.steps:
            change = await step(turn)
            if change is not None:
                await self._write(turn, change)
                return
        raise AssertionError("the last step takes every turn")

    async def _write(self, turn: Turn, change: Change, *, ahead: bool = False) -> None:
        if turn.message.masked:
            notice = replies.notice(turn.message, self._wording.render("personal_data_masked"))
            offered = await self._with_form(notice, turn)
            change = replace(change, drafts=(offered, *change.drafts))
        change = replace(change, handles=turn.message.id, ahead=ahead)
        conversation = await self._store.commit(turn.conversation, change)
        await self._desk.update(conversation)
        for draft in change.drafts:
            if draft.final:
                self._metrics.turns.labels(turn.conversation.channel, draft.outcome).inc()

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
            return Change((replies.last(turn.message, text, Outcome.HANDOFF),), fields)
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
        ticket = await self._ticket(turn, "message", turn.message.text)
        text = self._wording.render("ticket_received", receipt=ticket.receipt)
        draft = replies.last(turn.message, text, Outcome.HANDOFF)
        return Change((await self._with_form(draft, turn),), {"ticket_after": None}, (ticket,))

    async def ask_engine(self, turn: Turn) -> Change:
        """Everything else is for the engine to understand and answer."""
        message = turn.message
        await self._live.typing(turn.conversation.id, Role.BOT, typing=True)
        try:
            found = await self._ask_patiently(turn)
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
            ticket = await self._ticket(turn, "opinion", turn.message.text)
            text = self._wording.render("opinion_received", receipt=ticket.receipt)
            return Change((replace(draft, text=text),), tickets=(ticket,))
        fields = {"topic": draft.initiative} if draft.initiative else {}
        if draft.outcome == Outcome.EMERGENCY:
            fields["danger_at"] = self._clock.now().isoformat()
        return Change((draft,), fields)

    async def _hand_off(self, turn: Turn) -> Change:
        """Within hours into the queue, outside them an invitation to leave a message."""
        now = self._clock.now()
        if not self._hours.is_open(now):
            opens = replies.spoken_time(self._hours.next_opening(now), now)
            text = self._wording.render("handoff_after_hours", opens=opens)
            stop = replies.offer(self._wording, "label_cancel_ticket", Intent.CANCEL_TICKET)
            draft = replies.last(turn.message, text, Outcome.HANDOFF, stop)
            return Change((await self._with_form(draft, turn),), {"ticket_after": turn.message.id})
        priority = await self._priority(turn, now)
        place = await self._desk.next_place(priority)
        text = self._wording.render("handoff_waiting", position=place)
        leave = replies.offer(self._wording, "label_leave_queue", Intent.LEAVE_QUEUE)
        draft = replies.last(turn.message, text, Outcome.HANDOFF, leave)
        waiting = {"state": State.WAITING, "waiting_since": now.isoformat(), "ticket_after": None}
        return Change((draft,), {**waiting, "priority": priority})

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
        return self._wording.render("handoff_already_waiting", position=place)

    async def _with_form(self, draft: Draft, turn: Turn) -> Draft:
        """The draft with the way to a form, for what does not belong into a conversation."""
        token = await self._forms.new(turn.conversation.id)
        return replace(draft, form=f"/form/{token}")

    async def _ticket(self, turn: Turn, kind: str, text: str) -> Ticket:
        conversation = turn.conversation
        return Ticket(
            receipt=await self._receipts.new(conversation.id),
            kind=kind,
            text=text,
            conversation_id=conversation.id,
            channel=conversation.channel,
            message_id=turn.message.id,
            created_at=self._clock.now().isoformat(),
        )

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


def _later(message_id: str, than: str) -> bool:
    return position(message_id) > position(than)
