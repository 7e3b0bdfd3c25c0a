"""What LINE does as far as we need it: the fake, and the real client over HTTP, alike."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest
from linebot.v3.messaging import TextMessage

from bot.channels.line.client import Done, Gone, LineClient, Refused, Unknown, Wait, classify
from tests.channels.line.simulated import TOKEN, Simulator, simulating
from tests.channels.line.webhook_sink import listening
from tests.fakes import FakeLine
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

HELLO = [TextMessage(text="こんにちは")]


class World:
    """One citizen on LINE, and how a test looks at the phone."""

    def __init__(self, line: Any, user: str, token: str) -> None:
        self.line = line
        self.user = user
        self.token = token

    async def seen(self) -> int:
        return len(self.line.shown)


class SimulatedWorld(World):
    simulator: Simulator
    phone: str

    async def seen(self) -> int:
        return len(await self.simulator.shown(self.phone))


@asynccontextmanager
async def over_http() -> AsyncIterator[SimulatedWorld]:
    async with listening() as sink, simulating(sink.address) as simulator:
        phone = await simulator.citizen()
        event = await simulator.act(phone, "text", text="はい")
        client = LineClient(TOKEN, simulator.base)
        world = SimulatedWorld(client, event["source"]["userId"], event["replyToken"])
        world.simulator, world.phone = simulator, phone
        yield world
        await client.close()


@pytest.fixture(params=["fake", "http"])
async def world(request: pytest.FixtureRequest) -> AsyncIterator[World]:
    if request.param == "fake":
        yield World(FakeLine(), "U" + "0" * 32, "token")
    else:
        async with over_http() as found:
            yield found


async def test_a_reply_token_is_good_once(world: World) -> None:
    assert await world.line.reply(world.token, HELLO) == Done()
    assert await world.line.reply(world.token, HELLO) == Gone()
    assert await world.seen() == 1


async def test_a_retry_key_is_one_push(world: World) -> None:
    key = str(uuid4())
    assert await world.line.push(world.user, HELLO, key) == Done()
    assert await world.line.push(world.user, HELLO, key) == Done()
    assert await world.seen() == 1
    assert await world.line.push(world.user, HELLO, str(uuid4())) == Done()
    assert await world.seen() == 2


async def test_the_rest_works(world: World) -> None:
    assert await world.line.show_loading(world.user, 20) == Done()
    assert await world.line.check_token() == Done()


@pytest.fixture
async def real() -> AsyncIterator[SimulatedWorld]:
    async with over_http() as found:
        yield found


async def test_another_token_is_refused() -> None:
    async with simulating() as simulator:
        client = LineClient("another-token", simulator.base)
        assert await client.check_token() == Refused("token")
        assert await client.push("U" + "0" * 32, HELLO, str(uuid4())) == Wait(60.0)
        await client.close()


async def test_where_nobody_listens_nothing_was_taken() -> None:
    client = LineClient(TOKEN, f"http://127.0.0.1:{free_port()}")
    assert await client.reply("token", HELLO) == Wait()
    await client.close()


@pytest.mark.parametrize(
    ("status", "headers", "body", "result"),
    [
        (400, {}, '{"message": "Invalid reply token"}', Gone()),
        (400, {}, '{"message": "The request body has 1 error(s)"}', Refused("invalid")),
        (400, {}, "<html>", Refused("invalid")),
        (400, {}, "[]", Refused("invalid")),
        (404, {}, None, Refused("invalid")),
        (401, {}, "{}", Wait(60.0)),
        (403, {}, "{}", Wait(60.0)),
        (409, {}, '{"message": "The retry key is already accepted"}', Done()),
        (
            429,
            {"retry-after": "7"},
            '{"message": "The API rate limit has been exceeded."}',
            Wait(7),
        ),
        (429, {}, "", Wait()),
        (429, {}, '{"message": "You have reached your monthly limit."}', Refused("quota")),
        (500, {}, "", Unknown()),
        (503, {}, "", Unknown()),
        (0, {}, "", Unknown()),
    ],
)
def test_every_error_has_its_meaning(
    status: int, headers: dict[str, str], body: str | None, result: Any
) -> None:
    assert classify(status, headers, body) == result


def test_what_line_says_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        classify(400, {}, '{"message": "U0123 is no friend"}')
    assert "U0123" not in caplog.text
    assert "400" in caplog.text
