"""What the worker does once a conversation is settled: counts what is new in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.statistics.counting import Carry, count

if TYPE_CHECKING:
    from bot.adapters.redis.feedback import RedisFeedback
    from bot.adapters.redis.statistics import RedisStatistics
    from bot.conversation.worker import Settler


class CountingSettler:
    """Settles, then counts.

    Every change puts its conversation on the work list, so nothing stays uncounted; and counts
    are kept together with how far they go, so nothing is counted twice.
    """

    def __init__(
        self, settler: Settler, statistics: RedisStatistics, feedback: RedisFeedback
    ) -> None:
        """Takes what settles, and where figures and feedback are kept."""
        self._settler = settler
        self._statistics = statistics
        self._feedback = feedback

    async def settle(self, conversation_id: str) -> float | None:
        """As the settler that it stands before."""
        again = await self._settler.settle(conversation_id)
        await self.count(conversation_id)
        await self._feedback.file()
        return again

    async def count(self, conversation_id: str) -> None:
        """Counts what is new in a conversation."""
        counted = False
        while not counted:
            found = await self._statistics.uncounted(conversation_id)
            if found is None:
                return
            carry, counts = count(
                found.channel, Carry.from_json(found.carry), found.messages, found.entries
            )
            counted = await self._statistics.keep(
                conversation_id, found.carry, carry.to_json(), counts
            )
