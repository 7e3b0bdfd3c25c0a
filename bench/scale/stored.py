"""What a message costs with many conversations stored, in a long one, and with many operators."""

from __future__ import annotations

import asyncio
import json
import time
from typing import TYPE_CHECKING, Any

import redis

from bench.scale.burst import cpu_seconds
from bench.scale.stand import standing
from bench.scale.wire import Wire, begun

if TYPE_CHECKING:
    from pathlib import Path

    from bench.scale.stand import Stand

_SAMPLES = 100
_MADE_AT_ONCE = 500
_MESSAGES = 8
_NOW = "2021-04-01T12:00:00.000+09:00"


async def stored(folder: Path, conversations: int, length: int) -> dict[str, Any]:
    """A message among so many stored conversations, and as the last of so many messages."""
    with standing(folder, gateways=1, engines=1, turn_ms=1, MESSAGES_PER_MINUTE="0") as stand:
        few = await message_cost(stand)
        memory = _memory(stand)
        await asyncio.to_thread(_fill, stand, conversations)
        kib = (_memory(stand) - memory) / conversations / 1024
        many = await message_cost(stand)
        [long] = await begun(stand.city.bases[0], 1, at_once=1)
        short = await message_cost(stand, long)
        await asyncio.to_thread(_lengthen, stand, long[0], length)
        grown = await message_cost(stand, long)
    return {
        "message": {"few_stored": few, f"{conversations}_stored": many},
        "redis_kib_per_conversation": round(kib, 1),
        "of_messages_each": _MESSAGES,
        "one_conversation": {"beginning": short, f"after_{length}_messages": grown},
    }


async def message_cost(stand: Stand, key: tuple[str, str] | None = None) -> dict[str, float]:
    """Median ms from POST to the final reply, and CPU ms and Redis commands a message."""
    base = stand.city.bases[0]
    own = [key] if key else await begun(base, _SAMPLES)
    wire = await Wire.to(base)
    took: list[float] = []
    await _ask(base, wire, *own[0], 0)
    spent, commands = cpu_seconds(stand), stand.commands()
    for number in range(1, _SAMPLES + 1):
        took += [await _ask(base, wire, *own[number % len(own)], number)]
    after, asked = cpu_seconds(stand), stand.commands() - commands
    wire.close()
    each = {name: round((after[name] - spent[name]) * 1000 / _SAMPLES, 2) for name in after}
    return {
        "median_ms": round(sorted(took)[_SAMPLES // 2] * 1000, 1),
        **{f"cpu_ms_{name}": value for name, value in each.items()},
        "redis_commands": round(asked / _SAMPLES, 1),
    }


async def _ask(base: str, wire: Wire, conversation_id: str, token: str, number: int) -> float:
    """Seconds from a message until its last reply is on the stream."""
    path = f"/api/conversations/{conversation_id}"
    stream = await Wire.to(base)
    after = f"?after={int(time.time() * 1000) - 1}-0"
    stream.send("GET", f"{path}/events{after}", b"", f"Cookie: conversation_token={token}")
    await stream.reader.readuntil(b"event: state\n")
    began = time.monotonic()
    body = {"client_message_id": f"{began}-{number}", "text": "カーボンゼロの目標は"}
    message_id = (await wire.post(f"{path}/messages", body, token)).json["message_id"]
    await stream.reader.readuntil(f'"in_reply_to": "{message_id}"'.encode())
    took = time.monotonic() - began
    stream.close()
    return took


def _fill(stand: Stand, conversations: int) -> None:
    """Conversations as they lie in Redis after some turns, written straight into it."""
    with redis.Redis(port=stand.redis.servers[0].port) as client:
        for first in range(0, conversations, _MADE_AT_ONCE):
            pipe = client.pipeline(transaction=False)
            for number in range(first, min(first + _MADE_AT_ONCE, conversations)):
                _conversation(pipe, f"{number:032x}", number)
            pipe.execute()


def _conversation(pipe: Any, name: str, number: int) -> None:  # noqa: ANN401 - redis-py's pipeline
    state = {"version": _MESSAGES // 2, "state": "bot", "channel": "web", "token_hash": "x" * 64}
    state |= {"created_at": _NOW, "last_at": _NOW, "last_text": "目標は", "ahead": ""}
    pipe.hset(f"bot:{{{name}}}:state", mapping=state)
    _said(pipe, name, _MESSAGES)
    tracker = f"bot:{{{name}}}:tracker"
    pipe.rpush(tracker, *(json.dumps({"event": "user", "text": "あ" * 300}) for _ in range(24)))
    pipe.set(f"bot:{{{name}}}:slots", json.dumps({"initiative": "carbon_zero"}))
    pipe.zadd("bot:{desk}:recent", {name: time.time() * 1000 - number})
    pipe.hset("bot:{desk}:versions", name, _MESSAGES // 2)


def _lengthen(stand: Stand, conversation_id: str, length: int) -> None:
    """So many more messages."""
    with redis.Redis(port=stand.redis.servers[0].port) as client:
        pipe = client.pipeline(transaction=False)
        _said(pipe, conversation_id, length)
        newest = pipe.execute()[-1]
        client.hset(f"bot:{{{conversation_id}}}:state", "handled", newest)  # all were answered


def _said(pipe: Any, name: str, count: int) -> None:  # noqa: ANN401 - as above
    citizen = {"at": _NOW, "role": "citizen", "text": "カーボンゼロの目標は"}
    bot = {"at": _NOW, "role": "bot", "text": "実質ゼロです。" * 20, "outcome": "answer"}
    for number in range(count):
        message = json.dumps(bot if number % 2 else citizen, ensure_ascii=False)
        pipe.xadd(f"bot:{{{name}}}:messages", {"m": message})


def _memory(stand: Stand) -> int:
    return int(str(stand.redis.servers[0].info("memory")["used_memory"]))
