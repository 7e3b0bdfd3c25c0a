"""The desk's lists of tickets in Redis; the truth stays in the conversations."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from bot.adapters.redis import keys
from bot.adapters.redis.scripts import script
from bot.adapters.redis.together import together
from bot.conversation.model import Ticket
from bot.desk.ticket_lists import Place, TicketView, places, sortable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from redis.asyncio import Redis

    from bot.conversation.hours import Clock
    from bot.conversation.model import TicketKind
    from bot.desk.ticket_lists import TicketQuery

PLACES = keys.desk("tickets:places")
LISTS = keys.desk("tickets:list:")
_FORGET_AT_ONCE = 10
_EVENT = json.dumps({"kind": "desk"})


class TicketForgetting:
    """Takes tickets off all lists."""

    def __init__(self, redis: Redis) -> None:
        """Takes a client that decodes responses."""
        self._script = script(redis, "tickets")

    async def forget(self, receipts: Iterable[str]) -> None:
        """From now on no list tells of these."""
        for receipt in receipts:
            await self._script(keys=[PLACES], args=[receipt, 0, "", LISTS])


class RedisTicketIndex:
    """One sorted set a list, whose members sort by themselves (see `Place`)."""

    def __init__(self, redis: Redis, clock: Clock, retention_days: int, replicas: int = 0) -> None:
        """Takes a client that decodes responses, and the days for which tickets are kept.

        An update counts once so many replicas have it.
        """
        self._redis = redis
        self._clock = clock
        self._keep = timedelta(days=retention_days)
        self._script = script(redis, "tickets", replicas=replicas)
        self._forgetting = TicketForgetting(redis)

    async def update(self, tickets: Iterable[Ticket]) -> None:
        """Brings the lists in line with tickets; an older version changes nothing."""
        changed = [await self._update(ticket) for ticket in tickets]
        if any(changed):
            await self._forget_old()
            await self._redis.publish(keys.EVENTS, _EVENT)

    async def page(self, query: TicketQuery) -> tuple[list[Ticket], str | None]:
        """The tickets of one page, and the cursor of the next one if there is one.

        Tickets whose conversation is gone are left out.
        """
        found = await self._members(query)
        shown = found[: query.limit]
        after = shown[-1] if len(found) > query.limit else None
        return await self._tickets([Place.read(member) for member in shown]), after

    async def unfinished(self, kind: TicketKind) -> int:
        """How many tickets of a kind somebody still has to see to."""
        return int(await self._redis.zcard(f"{LISTS}{kind}:{TicketView.UNFINISHED}"))

    async def _update(self, ticket: Ticket) -> bool:
        args: list[str | int] = [ticket.receipt, ticket.version, json.dumps(places(ticket)), LISTS]
        return bool(await self._script(keys=[PLACES], args=args))

    async def _members(self, query: TicketQuery) -> list[str]:
        name = LISTS + query.list_name
        cursor = f"({query.cursor}" if query.cursor else None
        count = query.limit + 1
        if query.newest_first:
            found = await self._redis.zrevrangebylex(name, cursor or "+", "-", 0, count)
        else:
            end = f"[{sortable(query.due_before.isoformat())}" if query.due_before else "+"
            found = await self._redis.zrangebylex(name, cursor or "-", end, 0, count)
        return [str(member) for member in cast("list[str]", found)]

    async def _tickets(self, found: list[Place]) -> list[Ticket]:
        stored = await together(
            self._redis,
            (
                ("HGET", keys.conversation(place.conversation_id, "tickets"), place.receipt)
                for place in found
            ),
        )
        return [Ticket(**json.loads(text)) for text in stored if text]

    async def _forget_old(self) -> None:
        """Of what is older than anything is kept, some goes with each change."""
        before = sortable((self._clock.now() - self._keep).isoformat())
        everything = f"{LISTS}any:{TicketView.ALL}"
        old = await self._redis.zrangebylex(everything, "-", f"({before}", 0, _FORGET_AT_ONCE)
        gone = [Place.read(str(member)).receipt for member in cast("list[str]", old)]
        await self._forgetting.forget(gone)
