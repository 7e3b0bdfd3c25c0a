"""The desk's lists of tickets over a real Redis."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.adapters.redis.ticket_index import RedisTicketIndex, TicketForgetting
from bot.conversation.model import Ticket, TicketKind, TicketStatus
from bot.desk.ticket_lists import TicketQuery, TicketView
from tests.fakes import NOON, StoppedClock, later

if TYPE_CHECKING:
    from redis.asyncio import Redis

DONE = {"answered_by": "sato", "answered_at": later(5)}


@pytest.fixture
def index(redis: Redis) -> RedisTicketIndex:
    return RedisTicketIndex(redis, StoppedClock(), 90)


def ticket(number: int, due: float = 1, kind: str = TicketKind.MESSAGE) -> Ticket:
    receipt = f"0000-{number:04}"
    created = later(number / 100)
    return Ticket(receipt, kind, "相談です", f"c{number}", "web", "1-0", created, due_at=later(due))


async def store(redis: Redis, index: RedisTicketIndex, *tickets: Ticket) -> None:
    for one in tickets:
        key = f"bot:{{{one.conversation_id}}}:tickets"
        await redis.hset(key, one.receipt, json.dumps(asdict(one)))
    await index.update(tickets)


async def shown(index: RedisTicketIndex, **query: object) -> list[str]:
    found, _ = await index.page(TicketQuery(**query))  # type: ignore[arg-type]
    return [one.receipt[-1] for one in found]


async def test_what_is_due_first_comes_first(redis: Redis, index: RedisTicketIndex) -> None:
    await store(redis, index, ticket(1, 30), ticket(2, 20), ticket(3, 20))
    assert await shown(index) == ["2", "3", "1"]
    assert await shown(index, due_before=NOON + timedelta(hours=25)) == ["2", "3"]
    assert await shown(index, view=TicketView.ALL) == ["3", "2", "1"]


async def test_kinds_have_lists_of_their_own(redis: Redis, index: RedisTicketIndex) -> None:
    await store(redis, index, ticket(1), ticket(2, kind=TicketKind.OPINION))
    assert await shown(index, kind=TicketKind.OPINION) == ["2"]
    assert await shown(index, kind=TicketKind.MESSAGE) == ["1"]
    assert await index.unfinished(TicketKind.OPINION) == 1


async def test_a_ticket_moves_from_list_to_list(redis: Redis, index: RedisTicketIndex) -> None:
    one = ticket(1)
    await store(redis, index, one)
    mine = replace(one, assignee="sato", status=TicketStatus.IN_PROGRESS, version=1)
    await store(redis, index, mine)
    assert await shown(index, view=TicketView.OPEN) == []
    assert await shown(index, view=TicketView.IN_PROGRESS) == ["1"]
    assert await shown(index, assignee="sato") == ["1"]
    moved = replace(mine, assignee="suzuki", due_at=later(50), version=2)
    await store(redis, index, moved)
    assert await shown(index, assignee="sato") == []
    assert await shown(index, assignee="suzuki") == ["1"]
    await store(redis, index, replace(moved, status=TicketStatus.ANSWERED, version=3, **DONE))
    assert await shown(index) == await shown(index, assignee="suzuki") == []
    assert await shown(index, view=TicketView.ANSWERED) == ["1"]
    assert await index.unfinished(TicketKind.MESSAGE) == 0


async def test_old_news_and_the_same_news_change_nothing(
    redis: Redis, index: RedisTicketIndex
) -> None:
    closed = replace(ticket(1), status=TicketStatus.CLOSED, closed_at=later(2), version=1)
    for _ in range(2):
        await store(redis, index, closed)
    await index.update([ticket(1)])
    assert await shown(index) == []
    assert await shown(index, view=TicketView.CLOSED) == ["1"]


@pytest.mark.parametrize("view", [TicketView.UNFINISHED, TicketView.ALL])
async def test_pages_have_neither_gap_nor_repeat_though_all_are_due_at_once(
    redis: Redis, index: RedisTicketIndex, view: TicketView
) -> None:
    await store(redis, index, *(ticket(number) for number in range(25)))
    query, seen, pages = TicketQuery(view=view, limit=10), [], 0
    while True:
        found, after = await index.page(query)
        seen += [one.receipt for one in found]
        pages += 1
        if after is None:
            break
        query = replace(query, cursor=after)
    assert pages == 3
    assert len(seen) == len(set(seen)) == 25


async def test_a_page_costs_two_round_trips_however_many_tickets_there_are(
    redis: Redis, index: RedisTicketIndex
) -> None:
    await store(redis, index, *(ticket(number) for number in range(120)))
    commands = (await redis.info("stats"))["total_reads_processed"]
    found, _ = await index.page(TicketQuery(limit=100))
    spent = (await redis.info("stats"))["total_reads_processed"] - commands
    assert len(found) == 100
    assert spent <= 5  # two round trips, one of them the count itself; a big one may take two reads


async def test_forgotten_tickets_are_on_no_list(redis: Redis, index: RedisTicketIndex) -> None:
    await store(redis, index, ticket(1), ticket(2))
    await TicketForgetting(redis).forget(["0000-0001"])
    assert await shown(index) == await shown(index, view=TicketView.OPEN) == ["2"]
    assert await redis.hkeys("bot:{desk}:tickets:places") == ["0000-0002"]


async def test_what_is_older_than_anything_is_kept_goes(
    redis: Redis, index: RedisTicketIndex
) -> None:
    old = replace(ticket(1), created_at=later(-91 * 24))
    await store(redis, index, old)
    assert await shown(index) == []
    assert await redis.hlen("bot:{desk}:tickets:places") == 0


async def test_tickets_of_conversations_that_are_gone_are_left_out(
    redis: Redis, index: RedisTicketIndex
) -> None:
    await store(redis, index, ticket(1), ticket(2))
    await redis.delete("bot:{c1}:tickets")
    assert await shown(index) == ["2"]
