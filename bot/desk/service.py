"""What operators do with conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.model import Change, Draft, Entry, Happening, Role
from bot.desk.decisions import Decisions, Owner
from bot.errors import Conflict, conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.adapters.redis.desk_index import RedisDeskIndex
    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Calendar, Clock
    from bot.conversation.model import Conversation, Disposition
    from bot.conversation.ports import Waits, WorkList
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
        waits: Waits,
        work: WorkList,
        clock: Clock,
        hours: Calendar,
        colleagues: Colleagues,
        wording: Wording,
        topics: dict[str, str],
    ) -> None:
        """Takes the ports it talks to, and the initiatives' names by ID."""
        self._store = store
        self._index = index
        self._waits = waits
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
        since: list[str] = []

        def decide(conversation: Conversation) -> Change | None:
            change = self._decide.claim(conversation, operator)
            since[:] = [conversation.waiting_since] if change and conversation.waiting_since else []
            return change

        claimed = await self._change(conversation_id, decide)
        for moment in since:
            await self._waits.ended(moment)
        return claimed

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
