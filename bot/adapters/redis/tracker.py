"""The one thing that the gateway changes in the engine's memory: words that were taken back.

The engine only ever appends to a conversation's list of events (engine/tracker_store.py), so an
entry keeps its place.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, cast

from bot.adapters.redis import keys

if TYPE_CHECKING:
    from redis.asyncio import Redis


async def forget_words(redis: Redis, conversation_id: str, message_id: str) -> None:
    """Empties the texts of the events that belong to a message; what was understood stays."""
    key = keys.conversation(conversation_id, "tracker")
    lines = cast("list[str]", await cast("Any", redis.lrange(key, 0, -1)))
    for place, line in enumerate(lines):
        if f'"{message_id}"' in line:
            emptied = json.dumps(_emptied(json.loads(line)), ensure_ascii=False)
            await cast("Any", redis.lset(key, place, emptied))


def _emptied(value: Any) -> Any:  # noqa: ANN401 - any JSON
    if isinstance(value, list):
        return [_emptied(one) for one in value]
    if isinstance(value, dict):
        return {name: "" if name == "text" else _emptied(one) for name, one in value.items()}
    return value
