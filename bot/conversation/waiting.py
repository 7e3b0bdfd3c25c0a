"""What those who wait for an operator are told: honestly, and no more than is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from bot.conversation import replies
from bot.conversation.model import Change, Draft, Entry, Happening, Intent, Role, State
from bot.worded import Worded

if TYPE_CHECKING:
    from datetime import datetime

    from bot.conversation.model import Conversation, Offer
    from bot.conversation.ports import Presence, Waits
    from bot.wording import Wording


class WaitingWords:
    """Words for the queue."""

    def __init__(self, *, presence: Presence, waits: Waits, wording: Wording) -> None:
        """Takes who is there, how long others waited, and the texts."""
        self._presence = presence
        self._waits = waits
        self._wording = wording

    async def said(self, position: int) -> tuple[str, tuple[Offer, ...]]:
        """To who has just asked for a person: the place in the queue, and what else can be done."""
        leave = self._offer("label_leave_queue", Intent.LEAVE_QUEUE)
        if not await self._presence.present():
            text = self._wording.render("handoff_nobody_there", position=position)
            instead = self._offer("label_leave_message", Intent.LEAVE_MESSAGE)
            return await self._with_wait(text), (instead, leave)
        text = self._wording.render("handoff_waiting", position=position)
        return await self._with_wait(text), (leave,)

    async def again(self, position: int) -> str:
        """To who asks again while waiting."""
        there = await self._presence.present()
        key = "handoff_already_waiting" if there else "handoff_still_nobody_there"
        return await self._with_wait(self._wording.render(key, position=position))

    def at_closing(self, conversation: Conversation, opens: datetime, now: datetime) -> Change:
        """The queue ends; what the citizen writes next, or has written, can become a message."""
        text = self._wording.render("queue_closed", opens=replies.spoken_time(opens, now))
        offers = (
            self._offer("label_keep_words", Intent.KEEP_WORDS),
            self._offer("label_cancel_ticket", Intent.CANCEL_TICKET),
        )
        notice = Change(
            (Draft(Role.SYSTEM, text, offers=offers),), {"ticket_after": conversation.handled}
        )
        return replies.joined(self.left("closing"), notice)

    def left(self, reason: str) -> Change:
        """The conversation leaves the queue and is the bot's again."""
        entry = Entry(Happening.LEFT_QUEUE, detail={"reason": reason})
        return Change(fields={"state": State.BOT, "waiting_since": None}, history=(entry,))

    async def _with_wait(self, text: str) -> str:
        """A text and, on a line of its own, how long those of the last hour waited, if any did."""
        seconds = await self._waits.expected()
        if seconds is None:
            return text
        minutes = max(1, math.ceil(seconds / 60))
        return Worded.joined("\n", (text, self._wording.render("expected_wait", minutes=minutes)))

    def _offer(self, label: str, intent: Intent) -> Offer:
        return replies.offer(self._wording, label, intent)
