"""What operators do with conversations."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversation.model import Change, Draft, Role, State
from bot.errors import Conflict, conflict

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.adapters.redis.desk_index import RedisDeskIndex
    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.hours import Clock
    from bot.conversation.model import Conversation
    from bot.conversation.ports import Waits, WorkList
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
        wording: Wording,
    ) -> None:
        """Takes the ports it talks to."""
        self._store = store
        self._index = index
        self._waits = waits
        self._work = work
        self._clock = clock
        self._wording = wording

    async def claim(self, conversation_id: str, operator: str) -> Conversation:
        """Takes a waiting conversation; of two at once, one wins.

        Raises:
            RequestError: 409, if somebody has it already or it does not wait.
        """
        since: list[str] = []

        def decide(conversation: Conversation) -> Change | None:
            if conversation.state is State.OPERATOR and conversation.owner == operator:
                return None
            if conversation.state is State.OPERATOR:
                raise conflict("already_claimed", operator=conversation.owner or "")
            if conversation.state is not State.WAITING:
                raise conflict("wrong_state")
            since[:] = [conversation.waiting_since] if conversation.waiting_since else []
            fields = {"state": State.OPERATOR, "owner": operator, "waiting_since": None}
            return Change((self._notice("operator_joined", operator=operator),), fields)

        claimed = await self._change(conversation_id, decide)
        for moment in since:
            await self._waits.ended(moment)
        return claimed

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
            return Change((self._ending("operator_returned"),), fields)

        return await self._change(conversation_id, decide)

    async def close(self, conversation_id: str, operator: str) -> Conversation:
        """Ends the owner's conversation."""

        def decide(conversation: Conversation) -> Change:
            _check_owner(conversation, operator)
            fields = {"state": State.CLOSED, "owner": None}
            return Change((self._ending("conversation_closed"),), fields)

        return await self._change(conversation_id, decide)

    async def check_owner(self, conversation_id: str, operator: str) -> None:
        """409 unless the operator has the conversation."""
        _check_owner(await self._store.load(conversation_id), operator)

    def _notice(self, key: str, **values: str) -> Draft:
        return Draft(Role.SYSTEM, self._wording.render(key, **values))

    def _ending(self, key: str) -> Draft:
        """The notice that the talk has ended, which also asks whether it helped."""
        return Draft(Role.SYSTEM, self._wording.render(key), survey=True)

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
