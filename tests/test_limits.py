"""What is refused, what is not, and what people are told."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from bot.adapters.redis.connection import connect
from bot.adapters.redis.rates import RedisRates
from bot.conversation.pace import Pace
from bot.conversation.ports import Load
from bot.limits import _place
from bot.settings import read_settings
from tests.gateway import Citizen, Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx
    from redis.asyncio import Redis

DEFAULTS = read_settings({})


def refused(answer: httpx.Response, status: int, code: str) -> bool:
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (status, code)
    assert int(answer.headers["retry-after"]) >= 1
    assert answer.headers["retry-after"] in error["message"]
    return True


async def begin(gateway: Gateway, address: str) -> httpx.Response:
    headers = {"x-forwarded-for": f"10.9.9.9, {address}"}
    return await gateway.http.post("/api/conversations", headers=headers)


async def test_a_citizen_who_says_too_much_is_told_when_to_go_on(redis_url: str) -> None:
    async with running(redis_url, MESSAGES_PER_MINUTE="2") as gateway:
        citizen = await gateway.citizen()
        first = await citizen.post(client_message_id="same", text="一")
        await citizen.post(text="二")
        assert refused(await citizen.post(text="三"), 429, "too_many_messages")
        repeat = await citizen.post(client_message_id="same", text="一")
        assert (repeat.status_code, repeat.json()) == (202, first.json())
        assert (await (await gateway.citizen()).post(text="他の市民")).status_code == 202


async def test_behind_a_proxy_each_address_has_a_limit_of_its_own(redis_url: str) -> None:
    async with running(redis_url, TRUSTED_PROXIES="1", ADDRESS_PER_MINUTE="2") as gateway:
        for _ in range(2):
            assert (await begin(gateway, "203.0.113.7")).status_code == 201
        assert refused(await begin(gateway, "203.0.113.7"), 429, "too_many_requests")
        assert (await begin(gateway, "203.0.113.8")).status_code == 201


async def test_nobody_chooses_an_address_unless_a_proxy_is_configured(redis_url: str) -> None:
    async with running(redis_url, ADDRESS_PER_MINUTE="1") as gateway:
        for _ in range(3):  # from loopback, which is not counted
            assert (await begin(gateway, "203.0.113.7")).status_code == 201
        assert not [k async for k in gateway.services.redis.scan_iter("bot:{rate:*")]


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("[2001:db8:1:2::9]", "2001:db8:1:2::/64"),
        ("127.0.0.1", None),
        ("::1", None),
        ("", None),
        ("_hidden", None),
    ],
)
def test_an_ipv6_home_is_one_place_and_loopback_is_none(address: str, place: str | None) -> None:
    assert _place(address) == place


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    client = connect(redis_url)
    yield client
    await client.aclose()


async def test_a_class_room_behind_one_address_meets_no_limit(redis: Redis) -> None:
    rates, pupils, each = RedisRates(redis), 40, 25
    waits = await asyncio.gather(
        *(rates.allow("school", DEFAULTS.address_per_minute) for _ in range(pupils * each))
    )
    assert set(waits) == {0}
    assert each < DEFAULTS.messages_per_minute


async def test_a_limit_counts_for_all_gateways_and_gives_way_by_itself(redis: Redis) -> None:
    here, there = RedisRates(redis), RedisRates(redis)
    assert [await r.allow("a", 2) for r in (here, there)] == [0, 0]
    assert 0 < await here.allow("a", 2) <= 30
    assert await there.allow("b", 2) == 0
    async for key in redis.scan_iter("bot:{rate:*"):
        assert 0 < await redis.pttl(key) <= 60_000


async def test_past_the_limit_messages_are_refused_and_accepted_ones_are_known(
    redis_url: str,
) -> None:
    async with running(redis_url, MAX_WAITING="2") as gateway:
        citizens = [await gateway.citizen() for _ in range(3)]
        await gateway.services.worker.stop()
        answers = [await c.post(client_message_id="m", text="はい") for c in citizens]
        assert [answer.status_code for answer in answers] == [202, 202, 503]
        assert refused(answers[2], 503, "busy")
        again = await citizens[0].post(client_message_id="m", text="はい")
        assert again.json()["message_id"] == answers[0].json()["message_id"]
        gateway.services.worker.start()
        answer = answers[2]
        while answer.status_code == 503:
            answer = await citizens[2].post(client_message_id="m", text="はい")
        assert answer.status_code == 202


async def test_who_will_wait_long_is_told_so_and_others_are_not(redis_url: str) -> None:
    async with running(redis_url) as gateway:
        early, late = await gateway.citizen(), await gateway.citizen()
        assert "wait_seconds" not in (await early.post(text="はい")).json()
        await gateway.services.worker.stop()
        gateway.services.limits._pace.took(2000.0)
        assert (await late.post(text="はい")).json()["wait_seconds"] >= 3


def test_a_wait_is_what_is_ahead_at_the_speed_of_all_gateways() -> None:
    pace = Pace(16)
    assert pace.wait(Load(100, 16)) == 0
    for _ in range(200):
        pace.took(0.2)
    assert pace.wait(Load(160, 16)) == pytest.approx(2.0)
    assert pace.wait(Load(160, 32)) == pytest.approx(1.0)
    assert pace.wait(Load(160, 0)) == pytest.approx(2.0)


async def test_a_burst_is_accepted_whole_and_worked_off_in_order(redis_url: str) -> None:
    """500 messages at once; how fast, bench/scale says."""
    async with running(redis_url) as gateway:
        citizens = [await gateway.citizen() for _ in range(100)]

        async def talk(citizen: Citizen) -> list[str]:
            return [(await citizen.post(text=f"{n}")).json()["message_id"] for n in range(5)]

        accepted = await asyncio.gather(*map(talk, citizens))
        assert sum(map(len, accepted)) == 500
        for citizen, ids in zip(citizens, accepted, strict=True):
            finals: list[Any] = []
            while len(finals) < len(ids):
                said = (await citizen.read())["messages"]
                finals = [m["in_reply_to"] for m in said if m.get("final")]
            assert finals == ids
        assert len(gateway.engine.asked) == 500
