from __future__ import annotations

import asyncio
from contextlib import ExitStack

from bot.conversation import courtesy
from bot.conversation.courtesy import Courteous, Courtesy


class Noted:
    def __init__(self) -> None:
        self.settled: list[str] = []

    async def settle(self, conversation_id: str) -> float | None:
        self.settled.append(conversation_id)
        return None


async def test_answers_stand_back_until_a_burst_is_accepted() -> None:
    burst, noted = Courtesy(), Noted()
    with ExitStack() as stack:
        for _ in range(courtesy.MANY):
            stack.enter_context(burst.accepting())
        answering = asyncio.create_task(Courteous(noted, burst).settle("c1"))
        await asyncio.sleep(0)
        assert noted.settled == []
    await answering
    assert noted.settled == ["c1"]


async def test_a_few_messages_at_once_are_no_burst() -> None:
    burst, noted = Courtesy(), Noted()
    with ExitStack() as stack:
        for _ in range(courtesy.MANY - 1):
            stack.enter_context(burst.accepting())
        await Courteous(noted, burst).settle("c1")
    assert noted.settled == ["c1"]


async def test_in_a_burst_that_does_not_end_answers_come_all_the_same() -> None:
    burst, noted = Courtesy(), Noted()
    with ExitStack() as stack:
        for _ in range(courtesy.MANY):
            stack.enter_context(burst.accepting())
        await Courteous(noted, burst).settle("c1")
        assert noted.settled == ["c1"]
