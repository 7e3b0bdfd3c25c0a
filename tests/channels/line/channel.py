"""A gateway with the channel LINE on, and LINE's side as a test sees it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.conversation.model import START
from tests.channels.line.webhooks import USER, send

if TYPE_CHECKING:
    from bot.conversation.model import Conversation, Message
    from tests.fakes import FakeLine
    from tests.gateway import Gateway


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
            while await services.redis.exists(*_WORK):  # noqa: ASYNC110 - it tells nobody
                await asyncio.sleep(0.02)


_WORK = [f"bot:{{{name}}}:{part}" for name in ("work", "delivery") for part in ("due", "leases")]


async def everything_stored(channel: Channel) -> str:
    """All keys and values in Redis."""
    redis = channel.gateway.services.redis
    found = []
    async for key in redis.scan_iter():
        kind = await redis.type(key)
        read = {
            "hash": redis.hgetall,
            "stream": redis.xrange,
            "string": redis.get,
            "set": redis.smembers,
            "list": lambda name: redis.lrange(name, 0, -1),
            "zset": lambda name: redis.zrange(name, 0, -1, withscores=True),
            "none": redis.get,  # it ended meanwhile
        }[kind]
        found += [key, repr(await read(key))]
    return "\n".join(found)
