"""What every desk index must do; the fake and the real one both pass."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.desk_index import RedisDeskIndex
from bot.adapters.redis.receipts import RedisReceipts
from bot.conversation.model import State
from bot.errors import RequestError
from tests.fakes import FakeDeskIndex, StoppedClock, conversation, later

if TYPE_CHECKING:
    from redis.asyncio import Redis

    from bot.conversation.model import Conversation


@pytest.fixture(params=["fake", "redis"])
def index(request: pytest.FixtureRequest, redis: Redis) -> Any:
    if request.param == "fake":
        return FakeDeskIndex()
    return RedisDeskIndex(redis, StoppedClock(), 90)


def waiting(conversation_id: str, hours: float, version: int = 1) -> Conversation:
    return replace(
        conversation(conversation_id),
        state=State.WAITING,
        waiting_since=later(hours),
        version=version,
    )


async def test_who_has_waited_longest_is_next(index: Any) -> None:
    for one, hours in (("c1", 2), ("c2", 1), ("c3", 3)):
        await index.update(waiting(one, hours))
    assert [await index.queue_position(one) for one in ("c2", "c1", "c3")] == [1, 2, 3]
    assert await index.queue_length() == 3
    assert await index.queue() == ["c2", "c1", "c3"]


async def test_who_is_served_leaves_the_queue(index: Any) -> None:
    await index.update(waiting("c1", 1))
    await index.update(waiting("c2", 2))
    await index.update(replace(conversation("c1"), state=State.OPERATOR, version=2))
    assert await index.queue_position("c1") is None
    assert await index.queue_position("c2") == 1


async def test_old_news_change_nothing(index: Any) -> None:
    await index.update(replace(conversation("c1"), state=State.OPERATOR, version=2))
    await index.update(waiting("c1", 1, version=1))
    assert await index.queue_position("c1") is None


async def test_the_same_news_twice_are_news_once(index: Any) -> None:
    for _ in range(2):
        await index.update(waiting("c1", 1))
    assert await index.queue_length() == 1


async def test_emergencies_come_first_then_who_returns_then_the_rest(index: Any) -> None:
    line = [("c1", None), ("c2", "returning"), ("c3", "emergency"), ("c4", "emergency")]
    for hours, (one, priority) in enumerate(line):
        await index.update(replace(waiting(one, hours), priority=priority))
    places = [await index.queue_position(one) for one in ("c3", "c4", "c2", "c1")]
    assert places == [1, 2, 3, 4]
    next_places = [await index.next_place(one) for one in ("emergency", "returning", None)]
    assert next_places == [3, 4, 5]


async def test_who_comes_into_danger_while_waiting_moves_forward(index: Any) -> None:
    await index.update(waiting("c1", 1))
    await index.update(waiting("c2", 2))
    await index.update(replace(waiting("c2", 2, version=2), priority="emergency"))
    assert await index.queue_position("c2") == 1
    assert await index.queue_length() == 2


async def test_receipt_numbers_lead_to_their_conversation_and_are_all_different(
    redis: Redis,
) -> None:
    receipts = RedisReceipts(redis, 90)
    numbers = {await receipts.new(f"c{n}"): f"c{n}" for n in range(200)}
    assert len(numbers) == 200
    for number, conversation_id in numbers.items():
        digits = number.replace("-", "")
        assert len(digits) == 8
        assert digits.isdecimal()
        assert await receipts.conversation_id(number) == conversation_id


async def test_a_number_that_nobody_got_leads_nowhere(redis: Redis) -> None:
    with pytest.raises(RequestError, match="ticket_not_found"):
        await RedisReceipts(redis, 90).conversation_id("0000-0000")
