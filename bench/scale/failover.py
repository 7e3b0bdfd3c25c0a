"""The primary of Redis is killed under load: how long until messages are accepted again."""

from __future__ import annotations

import asyncio
import time
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import httpx

from bench.scale.stand import standing
from tests.redis_servers import Cluster, Sentinels
from tests.system.talk import Talker, check

if TYPE_CHECKING:
    from pathlib import Path

_CITIZENS = 24
_BEFORE_SECONDS = 3.0
_AFTER_SECONDS = 30.0
_SILENCE = 1.0
"""When all is well, some message is accepted every few hundredths of a second."""
_BACK_SECONDS = 10.0
"""So long deploy/redis/start.sh keeps a server that was here before from coming back."""
_SETTINGS = {"REDIS_WAIT_REPLICAS": "1", "MESSAGES_PER_MINUTE": "0"}
SHAPES = {"sentinel": Sentinels, "cluster": Cluster}


async def failover(folder: Path, shape: str, replicas: int) -> dict[str, Any]:
    """Kills the primary once; the killed server comes back later, as a replica."""
    with standing(folder, SHAPES[shape], replicas, **_SETTINGS) as stand:
        async with httpx.AsyncClient(timeout=20) as http:
            talkers = [Talker(http, stand.city.bases) for _ in range(_CITIZENS)]
            times: list[float] = []
            talks = [asyncio.create_task(_talk(talker, times)) for talker in talkers]
            await asyncio.sleep(_BEFORE_SECONDS)
            killed_at = time.monotonic()
            killed = await asyncio.to_thread(stand.redis.kill_primary)
            await asyncio.to_thread(stand.redis.wait_for_another, killed)
            another = time.monotonic() - killed_at
            await asyncio.sleep(max(_BACK_SECONDS - another, 0))
            await asyncio.to_thread(stand.redis.bring_back, killed)
            await asyncio.sleep(_AFTER_SECONDS - _BACK_SECONDS)
            for task in talks:
                task.cancel()
            await asyncio.gather(*talks, return_exceptions=True)
            for talker in talkers:
                said = await talker.until_answered()
                # The last message may have been accepted without anybody hearing of it.
                heard = [m for m in said if m["role"] != "citizen" or m["id"] in talker.accepted]
                answers = [m for m in heard if m.get("in_reply_to", "") in ("", *talker.accepted)]
                check(answers, talker.accepted)
    after = sorted(at - killed_at for at in times if at > killed_at)
    silences = [later for earlier, later in pairwise([0.0, *after]) if later - earlier > _SILENCE]
    return {
        "shape": shape,
        "replicas": replicas if shape == "sentinel" else "one for each of three primaries",
        "gateways": 2,
        "engines": 2,
        "redis_wait_replicas": 1,
        "the_killed_one_is_back_after_s": _BACK_SECONDS,
        "another_primary_after_s": round(another, 1),
        "accepting_again_after_s": round(max(silences, default=0.0), 1),
        "accepted": len(times),
        "refused_and_repeated": sum(talker.refused for talker in talkers),
        "lost": 0,
        "answered_twice": 0,
    }


async def _talk(talker: Talker, times: list[float]) -> None:
    await talker.begin()
    while True:
        await talker.say(f"{len(talker.accepted)}番目の問い")
        times.append(time.monotonic())
        await asyncio.sleep(0.5)
