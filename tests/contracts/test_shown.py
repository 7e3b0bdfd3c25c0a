"""What every keeper of how far citizens have got must do; the fake and Redis both pass."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.shown import RedisShown
from bot.adapters.redis.store import RedisConversationStore
from bot.conversation.model import START
from tests.fakes import FakeShown, StoppedClock, conversation

if TYPE_CHECKING:
    from redis.asyncio import Redis


@pytest.fixture(params=["fake", "redis"])
async def shown(request: pytest.FixtureRequest, redis: Redis) -> Any:
    if request.param == "fake":
        return FakeShown()
    await RedisConversationStore(redis, StoppedClock(), 90).create(conversation())
    return RedisShown(redis, 90)


async def test_it_only_ever_moves_on(shown: Any) -> None:
    assert await shown.last("c1") == START
    for passed, last in (("9-1", "9-1"), ("10-0", "10-0"), ("9-7", "10-0"), ("10-2", "10-2")):
        await shown.passed("c1", passed)
        assert await shown.last("c1") == last


async def test_of_a_conversation_that_is_gone_nothing_is_kept(redis: Redis) -> None:
    shown = RedisShown(redis, 90)
    await shown.passed("gone", "1-0")
    assert await redis.keys("*gone*") == []
