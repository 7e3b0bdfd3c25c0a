"""What an open event stream costs one gateway: memory, idle work, and how fast news arrive."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING, Any

import psutil

from bench.scale.stand import standing
from bench.scale.wire import Wire, begun

if TYPE_CHECKING:
    from pathlib import Path

_AT_ONCE = 50
_IDLE_SECONDS = 60
_WARM_UP = 200


async def streams(folder: Path, count: int) -> dict[str, Any]:
    """Opens so many streams, one a conversation, on one gateway, and lets them be idle."""
    with standing(folder, gateways=1, engines=1, MAX_STREAMS=str(count + 2 * _WARM_UP)) as stand:
        gateway = psutil.Process(stand.city.gateways[0].pid)
        crowd = Crowd(stand.city.bases[0])
        # The first connections grow pools and caches that are there however many follow.
        await crowd.join(_WARM_UP)
        await asyncio.sleep(2)
        before = gateway.memory_info().rss
        took = await crowd.join(count)
        await asyncio.sleep(2)
        after = gateway.memory_info().rss
        redis_before, cpu_before = stand.commands(), _cpu(gateway)
        await asyncio.sleep(_IDLE_SECONDS)
        idle = _cpu(gateway) - cpu_before
        commands = stand.commands() - redis_before
        subscriptions = stand.subscriptions()
        news = await crowd.news()
        grown = gateway.memory_info().rss
        crowd.leave()
    return {
        "streams": count,
        "kib_per_stream": round((after - before) / count / 1024, 1),
        "kib_per_stream_after_idling": round((grown - before) / count / 1024, 1),
        "rss_mib": round(after / 2**20),
        "opened_per_second": round(count / took),
        "subscriptions": subscriptions,
        "idle_cpu_percent": round(100 * idle / _IDLE_SECONDS, 1),
        "idle_redis_commands_per_second": round(commands / _IDLE_SECONDS, 1),
        "news_ms_median": round(news * 1000, 1),
    }


class Crowd:
    """Citizens who only listen, on connections as bare as can be."""

    def __init__(self, base: str) -> None:
        """Takes the gateway's address."""
        self._base = base
        self._keys: list[tuple[str, str]] = []
        self._open: list[Wire] = []

    async def join(self, count: int) -> float:
        """So many more citizens; returns the seconds that it took to open their streams."""
        keys = await begun(self._base, count)
        self._keys += keys
        turns = asyncio.Semaphore(_AT_ONCE)

        async def listen(conversation_id: str, token: str) -> None:
            async with turns:
                self._open.append(await self._listen(conversation_id, token))

        began = time.monotonic()
        await asyncio.gather(*(listen(*key) for key in keys))
        return time.monotonic() - began

    async def news(self, samples: int = 50) -> float:
        """Median seconds from a citizen's POST until an own stream shows the message."""
        poster = await Wire.to(self._base)
        found = []
        for number in range(samples):
            conversation_id, token = self._keys[number * len(self._keys) // samples]
            # Which of the open streams is this conversation's is not kept; it gets another one.
            stream = await self._listen(conversation_id, token)
            began = time.monotonic()
            said = {"client_message_id": "news", "text": "聞こえますか"}
            posted = asyncio.create_task(
                poster.post(f"/api/conversations/{conversation_id}/messages", said, token)
            )
            await stream.reader.readuntil("聞こえますか".encode())
            found.append(time.monotonic() - began)
            await posted
            stream.close()
        return sorted(found)[samples // 2]

    def leave(self) -> None:
        """Closes all streams."""
        for wire in self._open:
            wire.close()

    async def _listen(self, conversation_id: str, token: str) -> Wire:
        wire = await Wire.to(self._base)
        path = f"/api/conversations/{conversation_id}/events"
        wire.send("GET", path, b"", f"Cookie: conversation_token={token}")
        await wire.reader.readuntil(b"event: state\n")
        return wire


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)
