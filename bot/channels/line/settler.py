"""What the worker does with a conversation when LINE is on: take events, answer, have delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.channels.line.reception import GROUP_CHANNEL

if TYPE_CHECKING:
    from bot.channels.line.reception import Reception
    from bot.conversation.delivery import Outbox
    from bot.conversation.flow import Flow
    from bot.conversation.ports import ConversationStore, WorkList


class LineSettler:
    """The flow, with LINE's inbox before it and the delivery list behind it."""

    def __init__(
        self,
        *,
        reception: Reception,
        flow: Flow,
        store: ConversationStore,
        outbox: Outbox,
        deliveries: WorkList,
    ) -> None:
        """Takes what it joins."""
        self._reception = reception
        self._flow = flow
        self._store = store
        self._outbox = outbox
        self._deliveries = deliveries

    async def settle(self, conversation_id: str) -> float | None:
        """Settles one conversation of any channel.

        Returns:
            Seconds after which to come again, or None if nothing is left.
        """
        drained = await self._reception.drain(conversation_id)
        if drained.again is not None and not drained.taken:
            return drained.again  # too early; the rest can wait for so long as well
        conversation = await self._store.load(conversation_id)
        answers = None
        if conversation.channel != GROUP_CHANNEL:
            answers = await self._flow.settle(conversation_id)
        # Whoever wrote a delivery may have died before putting it on the list.
        if conversation.address and await self._outbox.first(conversation_id):
            await self._deliveries.schedule(conversation_id)
        return min((one for one in (drained.again, answers) if one is not None), default=None)
