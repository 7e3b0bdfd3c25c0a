"""`citizen forget`: of one citizen nothing stays, of the others everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.adapters.redis.erasure import _PARTS
from bot.citizen import _WORDS, forget
from bot.conversation.model import Draft, Outcome, Role
from bot.conversation.ports import EngineReply
from bot.desk.ticket_lists import TicketQuery, TicketView
from bot.errors import SettingsError
from tests.channels.line.webhooks import KEYS, OTHER_USER, USER, event, send, text, user
from tests.fakes import NIGHT, FakeLine
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HANDOFF = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")


@pytest.fixture
async def line() -> FakeLine:
    return FakeLine()


@pytest.fixture
async def gateway(redis_url: str, line: FakeLine) -> AsyncIterator[Gateway]:
    async with running(redis_url, line, BOT_NOW=NIGHT.isoformat(), **KEYS) as built:
        built.engine.prepared["人と"] = [HANDOFF]
        yield built


async def run(gateway: Gateway, name: str) -> int:
    return await forget(gateway.services.settings, name)


async def left(gateway: Gateway, conversation_id: str) -> list[str]:
    """Keys and list entries that still tell of a conversation."""
    redis = gateway.services.redis
    found = [key async for key in redis.scan_iter() if conversation_id in key]
    for key in [key async for key in redis.scan_iter(_type="zset")]:
        found += [key for one in await redis.zrange(key, 0, -1) if conversation_id in one]
    for key in [key async for key in redis.scan_iter(_type="string")]:
        found += [key] if await redis.get(key) == conversation_id else []
    for key in [key async for key in redis.scan_iter(_type="hash")]:
        found += [key] if conversation_id in str(await redis.hgetall(key)) else []
    words = await redis.xrange("bot:{desk}:feedback")
    return found + ["feedback" for word in words if conversation_id in str(word)]


async def test_a_line_citizen_is_forgotten(
    gateway: Gateway,
    line: FakeLine,
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = text("人と")
    await send(gateway.http, asked, text("ほかの人", source=user(OTHER_USER)))
    await line.until(2)
    await send(gateway.http, text("伝言です"), text("まちがい"))
    await line.until(4)
    await send(gateway.http, event("unsend", unsend={"messageId": asked["message"]["id"]}))
    services = gateway.services
    assert services.line is not None
    mine = services.line.vault.pseudonym("user", USER)
    others = services.line.vault.pseudonym("user", OTHER_USER)
    await services.redis.rpush(f"bot:{{{mine}}}:tracker", "{}")
    assert await left(gateway, mine)
    assert await run(gateway, USER) == 0
    assert await left(gateway, mine) == []
    assert await left(gateway, others)
    said = capsys.readouterr().out
    assert "受付 1件" in said
    assert "発言" in said
    assert USER not in said


async def test_a_web_citizen_is_forgotten_by_receipt_number(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("人と")
    await citizen.ask("伝言です")
    [ticket] = await gateway.services.store.tickets(citizen.id)
    await gateway.services.feedback.give(citizen.id, None, {"helpful": True})
    assert "feedback" in await left(gateway, citizen.id)
    assert await run(gateway, ticket.receipt) == 0
    assert await left(gateway, citizen.id) == []
    assert await gateway.services.ticket_index.page(TicketQuery(TicketView.ALL)) == ([], None)


async def test_a_conversation_is_forgotten_by_its_id_once(
    gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    citizen = await gateway.citizen()
    assert await run(gateway, citizen.id) == 0
    assert await run(gateway, citizen.id) == 1
    assert "何も消していません" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["", "sato", "*", "U123"])
async def test_what_cannot_be_looked_up_is_refused(gateway: Gateway, name: str) -> None:
    with pytest.raises(SettingsError):
        await run(gateway, name)


def test_every_part_has_its_word() -> None:
    assert set(_WORDS) == set(_PARTS)
