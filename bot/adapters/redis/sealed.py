"""Makes sure that what was done for a conversation is safe before it leaves the work list."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.adapters.redis.store import RedisConversationStore
    from bot.conversation.worker import Settler


class Sealed:
    """A settler whose work counts once replicas have it.

    The work list lies on other servers of a cluster than the conversation. If the server of the
    conversation were lost with the newest reply, while the list already counts it as settled, the
    message would never be answered.
    """

    def __init__(self, settler: Settler, store: RedisConversationStore) -> None:
        """Takes what settles, and where conversations are."""
        self._settler = settler
        self._store = store

    async def settle(self, conversation_id: str) -> float | None:
        """Settles a conversation.

        Raises:
            NotReplicated: if the replicas do not have it in time; the conversation comes again.
        """
        again = await self._settler.settle(conversation_id)
        await self._store.seal(conversation_id)
        return again
