"""What a message costs the gateway in round trips to Redis (times: docs/performance.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.gateway import running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.gateway import Gateway

pytestmark = pytest.mark.redis

MOST = 20
"""The page opens its stream with two; three accept the message, three begin, one says that the bot
writes, one writes the answer, one the desk's list, one sees that nothing is left, four keep the
figures, two are the page's looks; the rest is the worker looking for more."""


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url) as started:
        yield started


async def test_a_message_takes_few_round_trips(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = await gateway.citizen()
    for text in ("こんにちは", "ありがとう"):
        await citizen.ask(text)
    redis, asked = gateway.services.redis, list[str]()
    original = redis.execute_command

    async def counted(*command: Any, **options: Any) -> Any:
        asked.append(str(command[0]))
        return await original(*command, **options)

    monkeypatch.setattr(redis, "execute_command", counted)
    await citizen.ask("町内会はいつ")
    assert len(asked) <= MOST, asked
    assert asked.count("XRANGE") <= 1, "a conversation is read by one script"
