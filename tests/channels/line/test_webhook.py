"""LINE's webhook through a whole gateway, over a real Redis, with a stand-in for LINE's answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import START
from tests.channels.line.webhooks import (
    KEYS,
    OTHER_USER,
    USER,
    event,
    message,
    send,
    send_bytes,
    signature,
    tapped,
    text,
    user,
)
from tests.fakes import FakeLine
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.conversation.model import Conversation, Message


@dataclass
class Channel:
    gateway: Gateway
    line: FakeLine

    async def send(self, *events: dict[str, Any]) -> int:
        return (await send(self.gateway.http, *events)).status_code

    def id_of(self, user_id: str = USER, kind: str = "user") -> str:
        line = self.gateway.services.line
        assert line is not None
        return line.vault.pseudonym(kind, user_id)

    async def conversation(self) -> Conversation:
        return await self.gateway.services.store.load(self.id_of())

    async def transcript(self, user_id: str = USER) -> list[Message]:
        return await self.gateway.services.store.messages(self.id_of(user_id), START)

    async def settled(self) -> None:
        """Waits until nothing is left to do."""
        services = self.gateway.services
        async with asyncio.timeout(20):
            while await services.redis.exists(*_WORK):
                await asyncio.sleep(0.02)


_WORK = [f"bot:{{{name}}}:{part}" for name in ("work", "delivery") for part in ("due", "leases")]


@pytest.fixture
async def channel(redis_url: str) -> AsyncIterator[Channel]:
    line = FakeLine()
    async with running(redis_url, line, **KEYS) as gateway:
        yield Channel(gateway, line)


async def test_a_question_is_answered_with_the_reply_token(channel: Channel) -> None:
    asked = text("こんにちは")
    assert await channel.send(asked) == 200
    assert await channel.line.until(1) == ["「こんにちは」ですね。"]
    assert channel.line.used == {asked["replyToken"]}
    assert channel.line.pushes == 0
