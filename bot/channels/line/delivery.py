"""Says on LINE what was written for it: one conversation at a time, in order, each thing once."""

from __future__ import annotations

import logging
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.channels.line import plan
from bot.channels.line.client import Refused
from bot.channels.line.plan import Way
from bot.channels.line.render import render
from bot.conversation.delivery import DeliveryState
from bot.conversation.model import Message, Role
from bot.privacy import SealBroken

if TYPE_CHECKING:
    from collections.abc import Callable

    from linebot.v3.messaging import Message as LineMessage

    from bot.channels.line.client import Line, Result
    from bot.conversation.delivery import Delivery, Outbox
    from bot.conversation.model import Conversation
    from bot.conversation.ports import ConversationStore
    from bot.metrics import Metrics
    from bot.privacy import Vault
    from bot.wording import Wording

logger = logging.getLogger(__name__)


def milliseconds() -> int:
    """The real time, which LINE's deadlines follow whatever `BOT_NOW` says."""
    return time.time_ns() // 1_000_000


class Deliveries:
    """Works off the outbox; may run twice, and may end between any two lines."""

    def __init__(  # noqa: PLR0913 - one argument a port, named at the one place that builds it
        self,
        *,
        store: ConversationStore,
        outbox: Outbox,
        line: Line,
        vault: Vault,
        wording: Wording,
        metrics: Metrics,
        public_url: str | None,
        now: Callable[[], int] = milliseconds,
    ) -> None:
        """Takes the ports it talks to; `now` in ms since 1970."""
        self._store = store
        self._outbox = outbox
        self._line = line
        self._vault = vault
        self._wording = wording
        self._metrics = metrics
        self._public_url = public_url
        self._now = now

    async def settle(self, conversation_id: str) -> float | None:
        """Delivers what is due, oldest first.

        Returns:
            Seconds after which to come again, or None if nothing is left.
        """
        while delivery := await self._outbox.first(conversation_id):
            conversation = await self._store.load(conversation_id)
            if conversation.blocked_since:
                await self._end(conversation_id, delivery, DeliveryState.BLOCKED)
                continue
            wait = delivery.not_before - self._now()
            if wait > 0:
                return wait / 1000
            await self._attempt(conversation, delivery)
        return None

    async def _attempt(self, conversation: Conversation, delivery: Delivery) -> None:
        """One try: what is about to happen is stored first, and what came of it after."""
        way = plan.next_way(delivery, self._now())
        if way is Way.GIVE_UP:
            await self._end(conversation.id, delivery, plan.given_up(delivery))
            return
        begun = await self._outbox.keep(conversation.id, plan.begun(delivery, way, self._now()))
        if begun is None:
            return
        messages = await self._rendered(conversation.id, begun)
        if not messages:
            await self._end(conversation.id, begun, DeliveryState.SENT)
            return
        result = await self._send(conversation, begun, way, messages)
        self._metrics.line_calls.labels(way.name.lower(), type(result).__name__.lower()).inc()
        follow = plan.after_reply if way is Way.REPLY else plan.after_push
        after = follow(delivery, begun, result, self._now())
        if isinstance(after, DeliveryState):
            await self._end(conversation.id, begun, after)
        else:
            again = DeliveryState.RETRYING if after.attempts > 1 else None
            await self._outbox.keep(conversation.id, after, again)

    async def _rendered(self, conversation_id: str, delivery: Delivery) -> list[LineMessage]:
        """What is to be said, as LINE shows it; nothing, if there is nothing to read in it."""
        first, last = delivery.messages[0], delivery.messages[-1]
        said = await self._store.between(conversation_id, first, last)
        worded = self._worded(said, again=delivery.again)
        shown = [_plain(message) for message in worded] if delivery.plain else worded
        return render(shown, self._wording)

    async def _send(
        self,
        conversation: Conversation,
        delivery: Delivery,
        way: Way,
        messages: list[LineMessage],
    ) -> Result:
        if way is Way.REPLY and delivery.token:
            return await self._line.reply(delivery.token.token, messages)
        try:
            address = self._vault.open(conversation.address or "")
        except SealBroken:
            logger.exception("conversation %s cannot be delivered to", conversation.id)
            return Refused("sealed")
        return await self._line.push(address, messages, delivery.retry_key)

    def _worded(self, said: list[Message], *, again: bool) -> list[Message]:
        """The messages with what only LINE has to say: a link's address, and a word of doubt."""
        shown = [self._with_form(message) for message in said]
        if not again:
            return shown
        text = self._wording.render("on_line_again")
        return [Message(id="", at="", role=Role.SYSTEM, text=text), *shown]

    def _with_form(self, message: Message) -> Message:
        if not message.form or not self._public_url:
            return message
        link = self._wording.render("on_line_form", url=f"{self._public_url}{message.form}")
        return replace(message, text=f"{message.text}\n\n{link}")

    async def _end(self, conversation_id: str, delivery: Delivery, state: DeliveryState) -> None:
        if await self._outbox.finish(conversation_id, delivery, state):
            self._metrics.deliveries.labels(state).inc()
        if state in {DeliveryState.FAILED, DeliveryState.UNCLEAR}:
            logger.error("conversation %s: a delivery ended as %s", conversation_id, state)


def _plain(message: Message) -> Message:
    """The message's words alone, which render as text and nothing else."""
    return Message(message.id, message.at, Role.SYSTEM, message.text)
