"""The counter at which messages and opinions are left, and one asks what became of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation import replies
from bot.conversation.happenings import taken_down
from bot.conversation.model import (
    START,
    Change,
    Intent,
    Outcome,
    Role,
    State,
    TicketKind,
    position,
)
from bot.conversation.receipts import asked_for, is_plausible
from bot.text import MAX_CHARACTERS

if TYPE_CHECKING:
    from bot.conversation.intake import Intake
    from bot.conversation.model import Draft, Ticket
    from bot.conversation.ports import ConversationStore, Forms
    from bot.conversation.turn import Turn
    from bot.wording import Wording

_NAMED = "受付番号"


class Counter:
    """What the flow says and writes about tickets."""

    def __init__(
        self, *, store: ConversationStore, intake: Intake, forms: Forms, wording: Wording
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._intake = intake
        self._forms = forms
        self._wording = wording

    async def invite(self, turn: Turn, key: str, **values: str) -> Change:
        """An invitation to leave a message; the next free text becomes it."""
        text = self._wording.render(key, **values)
        stop = replies.offer(self._wording, "label_cancel_ticket", Intent.CANCEL_TICKET)
        draft = replies.last(turn.message, text, Outcome.HANDOFF, stop)
        return Change((await self.with_form(draft, turn),), {"ticket_after": turn.message.id})

    async def take(self, turn: Turn, text: str) -> Change:
        """A text as a message for operators."""
        ticket = await self._intake.ticket(turn.conversation, text, turn.message.id)
        said = self._wording.render("ticket_received", receipt=ticket.receipt)
        draft = replies.last(turn.message, said, Outcome.HANDOFF)
        change = _with_ticket(await self.with_form(draft, turn), ticket)
        return replace(change, fields={"ticket_after": None})

    async def take_opinion(self, turn: Turn, draft: Draft) -> Change:
        """The turn's text as an opinion; `draft` is the reply but for its text."""
        text, kind = turn.message.text, TicketKind.OPINION
        ticket = await self._intake.ticket(turn.conversation, text, turn.message.id, kind=kind)
        said = self._wording.render("opinion_received", receipt=ticket.receipt)
        return _with_ticket(replace(draft, text=said), ticket)

    async def ask(self, turn: Turn) -> Change:
        """A clicked wish to leave a message: what was written already, or what comes next."""
        if turn.intent == Intent.KEEP_WORDS:
            return await self._keep_words(turn)
        return await self.invite(turn, "ticket_invited")

    async def how_it_stands(self, turn: Turn) -> Change | None:
        """A receipt number by itself asks what became of it; None for any other text."""
        receipt = asked_for(turn.message.text)
        if receipt is None:
            return None
        for ticket in await self._store.tickets(turn.conversation.id):
            if ticket.receipt == receipt:
                text = self._wording.render(f"ticket_{ticket.status}", receipt=receipt)
                draft = replies.last(turn.message, text, Outcome.HANDOFF)
                return Change((draft,), {"state": State.BOT})
        if not is_plausible(receipt) and _NAMED not in turn.message.text:
            return None  # it may be anything, such as two years
        text = self._wording.render("ticket_unknown", receipt=receipt)
        person = replies.offer(self._wording, "label_handoff", Intent.HANDOFF)
        draft = replies.last(turn.message, text, Outcome.HANDOFF, person)
        return Change((draft,), {"state": State.BOT})

    async def with_form(self, draft: Draft, turn: Turn) -> Draft:
        """The draft with the way to a form, for what does not belong into a conversation."""
        token = await self._forms.new(turn.conversation.id)
        return replace(draft, form=f"/form/{token}")

    async def _keep_words(self, turn: Turn) -> Change:
        """What was written since an operator was last asked for becomes the message, once."""
        words = await self._words_for_operators(turn)
        if not words or turn.conversation.ticket_after is None:
            return await self.invite(turn, "ticket_invited")
        return await self.take(turn, words)

    async def _words_for_operators(self, turn: Turn) -> str:
        """The citizen's free texts from the last request for a person on, one a line."""
        said = await self._store.messages(turn.conversation.id, START)
        asked = [one.in_reply_to for one in said if one.outcome == Outcome.HANDOFF]
        since = next((position(one) for one in reversed(asked) if one), position(START))
        texts = [
            one.text
            for one in said
            if one.role == Role.CITIZEN
            and not (one.chosen or one.withdrawn)
            and since <= position(one.id) < position(turn.message.id)
        ]
        return "\n".join(texts)[:MAX_CHARACTERS]


def _with_ticket(draft: Draft, ticket: Ticket) -> Change:
    return Change((draft,), tickets=(ticket,), history=(taken_down(ticket),))
