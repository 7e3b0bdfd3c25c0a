"""What operators do with conversations and tickets."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.model import Change, Draft, Outcome, Role, State
from bot.errors import Conflict, RequestError, conflict, not_found

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.adapters.redis.desk_index import RedisDeskIndex, RedisReceipts
    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation, Ticket
    from bot.conversation.ports import WorkList
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
        wording: Wording,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._index = index
        self._receipts = receipts
        self._work = work
        self._clock = clock
        self._wording = wording

    async def claim(self, conversation_id: str, operator: str) -> Conversation:
        """Takes a waiting conversation; of two at once, one wins.

        Raises:
            RequestError: 409, if somebody has it already or it does not wait.
        """

        def decide(conversation: Conversation) -> Change | None:
            if conversation.state is State.OPERATOR and conversation.owner == operator:
                return None
            if conversation.state is State.OPERATOR:
                raise conflict("already_claimed", operator=conversation.owner or "")
            if conversation.state is not State.WAITING:
                raise conflict("wrong_state")
            fields = {"state": State.OPERATOR, "owner": operator, "waiting_since": None}
            return Change((self._notice("operator_joined", operator=operator),), fields)

        return await self._change(conversation_id, decide)

    async def answer(
        self, conversation_id: str, operator: str, text: str, client_message_id: str
    ) -> str:
        """Writes the owner's message, once for each client_message_id; returns its ID."""

        def decide(conversation: Conversation) -> Change:
            _check_owner(conversation, operator)
            draft = Draft(Role.OPERATOR, text, author=operator)
            return Change((draft,), client_message_id=_own(operator, client_message_id))

        return await self._say(conversation_id, operator, client_message_id, decide)

    async def return_to_bot(self, conversation_id: str, operator: str) -> Conversation:
        """Hands the owner's conversation back to the bot."""

        def decide(conversation: Conversation) -> Change:
            _check_owner(conversation, operator)
            fields = {"state": State.BOT, "owner": None}
            return Change((self._notice("operator_returned"),), fields)

        return await self._change(conversation_id, decide)

    async def close(self, conversation_id: str, operator: str) -> Conversation:
        """Ends the owner's conversation."""

        def decide(conversation: Conversation) -> Change:
            _check_owner(conversation, operator)
            fields = {"state": State.CLOSED, "owner": None}
            return Change((self._notice("conversation_closed"),), fields)

        return await self._change(conversation_id, decide)

    async def check_owner(self, conversation_id: str, operator: str) -> None:
        """409 unless the operator has the conversation."""
        _check_owner(await self._store.load(conversation_id), operator)

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


def _check_owner(conversation: Conversation, operator: str) -> None:
    if conversation.state is not State.OPERATOR or conversation.owner != operator:
        raise conflict("not_owner")


def _own(operator: str, client_message_id: str) -> str:
    """Operators' and citizens' client IDs share one table, so an operator's carries the name."""
    return f"operator:{operator}:{client_message_id}"
