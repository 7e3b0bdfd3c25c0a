"""What a citizen's message costs while many operators have the desk open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.scale.stand import standing
from bench.scale.stored import message_cost
from bench.scale.wire import Wire
from bot.adapters.redis.connection import connect
from bot.adapters.redis.operators import RedisOperators
from bot.desk.accounts import Account, Session

if TYPE_CHECKING:
    from pathlib import Path


async def operators(folder: Path, counts: list[int]) -> dict[str, Any]:
    """A message with so many desks open, each listening to the lists."""
    found: dict[str, Any] = {}
    with standing(folder, gateways=1, engines=1, turn_ms=1, MESSAGES_PER_MINUTE="0") as stand:
        redis = connect(stand.redis.url)
        sessions = RedisOperators(redis)
        desks: list[Wire] = []
        for count in sorted(counts):
            while len(desks) < count:
                desks.append(await _desk(stand.city.bases[0], sessions, len(desks)))
            found[str(count)] = await message_cost(stand)
        for desk in desks:
            desk.close()
        await redis.aclose()
    return {"desks_open": found}


async def _desk(base: str, sessions: RedisOperators, number: int) -> Wire:
    """An open list of the desk; logging in would cost more than all that is measured here."""
    token, name = f"bench-{number}", f"operator-{number}"
    await sessions.add(Account(name, "operator", "no password"))
    account = await sessions.find(name)
    epoch = account.epoch if account else 0
    await sessions.open_session(token, Session(name, "operator", "csrf", epoch))
    wire = await Wire.to(base)
    wire.send("GET", "/api/desk/events", b"", f"Cookie: desk_session={token}")
    await wire.reader.readuntil(b"event: changed")
    return wire
