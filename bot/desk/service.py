"""What operators do with conversations and tickets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.model import Change, Draft, Entry, Happening, Outcome, Role
from bot.desk.decisions import Decisions, Owner
from bot.errors import Conflict, RequestError, conflict, not_found

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.adapters.redis.desk_index import RedisDeskIndex, RedisReceipts
    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock, OpeningHours
    from bot.conversation.model import Conversation, Disposition, Ticket
    from bot.conversation.ports import WorkList
    from bot.desk.accounts import Colleagues
    from bot.wording import Wording

SAFETY_SECONDS = 5.0
"""A worker checks the desk's lists so long after a change, in case this process dies meanwhile."""
LIST_LIMIT = 100


class Desk:
    """Each method reloads and decides again when somebody else was faster."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: RedisConversationStore,
        index: RedisDeskIndex,
        receipts: RedisReceipts,
        work: WorkList,
        clock: Clock,
        hours: OpeningHours,
        colleagues: Colleagues,
        wording: Wording,
        topics: dict[str, str],
    ) -> None:
        """Takes the ports it talks to, and the initiatives' names by ID."""
        self._store = store
        self._index = index
        self._receipts = receipts
        self._work = work
        self._clock = clock
        self._hours = hours
        self._colleagues = colleagues
        self._wording = wording
        self._decide = Decisions(wording, topics)

    async def claim(self, conversation_id: str, operator: str) -> Conversation:
        """Takes a waiting conversation; of two at once, one wins.

        Raises:
            RequestError: 409, if somebody has it already or it does not wait.
        """
        return await self._change(conversation_id, lambda c: self._decide.claim(c, operator))

    async def reopen(self, conversation_id: str, operator: str) -> Conversation:
        """Takes a closed conversation up again; of two at once, one wins.

        Raises:
            RequestError: 409, if it is not closed.
        """
        return await self._change(conversation_id, lambda c: self._decide.reopen(c, operator))

    async def answer(
        self, conversation_id: str, owner: Owner, text: str, client_message_id: str
    ) -> str:
        """Writes the owner's message, once for each client_message_id; returns its ID."""

        def decide(conversation: Conversation) -> Change:
            owner.check(conversation)
            draft = Draft(Role.OPERATOR, text, author=owner.name)
            return Change((draft,), client_message_id=_own(owner.name, client_message_id))

        return await self._say(conversation_id, owner.name, client_message_id, decide)

    async def note(
        self, conversation_id: str, operator: str, text: str, client_message_id: str
    ) -> None:
        """Keeps a private note of any operator, once for each client_message_id."""
        entry = Entry(Happening.NOTE, operator, text)
        own = _own(operator, client_message_id)
        change = Change(history=(entry,), client_message_id=own)
        await self._say(conversation_id, operator, client_message_id, lambda _: change)

    async def transfer(
        self, conversation_id: str, owner: Owner, to: str, note: str
    ) -> Conversation:
        """Gives the owner's conversation to a colleague.

        Raises:
            RequestError: 409, if there is no such colleague, or it is the owner.
        """
        if to == owner.name or to not in await self._colleagues.names():
            raise conflict("no_such_colleague")
        return await self._change(
            conversation_id, lambda c: self._decide.transfer(c, owner, to, note)
        )

    async def take_over(self, conversation_id: str, supervisor: str) -> Conversation:
        """Takes a conversation from whoever has it; only supervisors are let do so.

        Raises:
            RequestError: 409, if nobody has it.
        """
        return await self._change(conversation_id, lambda c: self._decide.take_over(c, supervisor))

    async def requeue(self, conversation_id: str, owner: Owner, note: str) -> Conversation:
        """Puts the owner's conversation back into the queue.

        Raises:
            RequestError: 409, outside the opening hours: nobody would come.
        """
        now = self._clock.now()
        if not self._hours.is_open(now):
            raise conflict("queue_shut")
        return await self._change(
            conversation_id, lambda c: self._decide.requeue(c, owner, note, now.isoformat())
        )

    async def return_to_bot(self, conversation_id: str, owner: Owner) -> Conversation:
        """Hands the owner's conversation back to the bot."""
        return await self._change(conversation_id, lambda c: self._decide.return_to_bot(c, owner))

    async def close(
        self, conversation_id: str, owner: Owner, disposition: Disposition, note: str
    ) -> Conversation:
        """Ends the owner's conversation."""
        return await self._change(
            conversation_id, lambda c: self._decide.close(c, owner, disposition, note)
        )

    async def check_owner(self, conversation_id: str, operator: str) -> None:
        """409 unless the operator has the conversation."""
        conversation = await self._store.load(conversation_id)
        Owner(operator, conversation.claim_id).check(conversation)

    async def find_ticket(self, receipt: str) -> Ticket:
        """The ticket of a receipt number; 404 if there is none."""
        conversation_id = await self._receipts.conversation_id(receipt)
        for ticket in await self._store.tickets(conversation_id):
            if ticket.receipt == receipt:
                return ticket
        raise not_found("ticket_not_found")

    async def tickets(self, status: str) -> list[Ticket]:
        """Tickets of a status: open ones oldest first, answered ones newest first."""
        wanted = ["open", "answered"] if status == "all" else [status]
        found = []
        for one in wanted:
            for receipt in await self._index.receipts(one, LIST_LIMIT):
                try:
                    found.append(await self.find_ticket(receipt))
                except RequestError:
                    continue  # its conversation's retention time is over
        return found

    async def answer_ticket(
        self, receipt: str, operator: str, text: str, client_message_id: str
    ) -> Ticket:
        """Answers a ticket in its conversation, whoever has that conversation now."""
        ticket = await self.find_ticket(receipt)
        answered = replace(
            ticket,
            status="answered",
            answered_by=operator,
            answered_at=self._clock.now().isoformat(timespec="milliseconds"),
        )

        def decide(_: Conversation) -> Change:
            notice = self._notice("ticket_answered", receipt=receipt)
            draft = Draft(Role.OPERATOR, text, ticket.message_id, Outcome.HANDOFF, author=operator)
            own = _own(operator, client_message_id)
            return Change((notice, draft), tickets=(answered,), client_message_id=own)

        await self._say(ticket.conversation_id, operator, client_message_id, decide)
        return await self.find_ticket(receipt)

    def _notice(self, key: str, **values: str) -> Draft:
        return Draft(Role.SYSTEM, self._wording.render(key, **values))

    async def _say(
        self,
        conversation_id: str,
        operator: str,
        client_message_id: str,
        decide: Callable[[Conversation], Change],
    ) -> str:
        """Writes an operator's message; a repeated request finds the first one's message."""
        own = _own(operator, client_message_id)
        if not await self._store.seen(conversation_id, own):
            await self._change(conversation_id, decide)
        return await self._store.seen(conversation_id, own) or ""

    async def _change(
        self, conversation_id: str, decide: Callable[[Conversation], Change | None]
    ) -> Conversation:
        await self._work.schedule(conversation_id, SAFETY_SECONDS)
        while True:
            conversation = await self._store.load(conversation_id)
            change = decide(conversation)
            if change is None:
                return conversation
            try:
                changed = await self._store.commit(conversation, change)
            except Conflict:
                continue
            await self._index.update(changed)
            return changed


def _own(operator: str, client_message_id: str) -> str:
    """Operators' and citizens' client IDs share one table, so an operator's carries the name."""
    return f"operator:{operator}:{client_message_id}"
