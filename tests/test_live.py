"""Open event streams: what an idle one costs, and what becomes of one that nobody reads."""

from __future__ import annotations

import asyncio
import socket
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Any, cast

import pytest

from bot import http, live
from bot.conversation.model import Change, Draft, Role
from tests.gateway import Citizen, Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    import httpx

PATIENCE_SECONDS = 60


@pytest.fixture
async def gateway(redis_url: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Gateway]:
    monkeypatch.setattr(live, "HEARTBEAT_SECONDS", 0.05)
    async with running(redis_url, MAX_STREAMS="30") as built:
        yield built


async def opened(stack: AsyncExitStack, citizen: Citizen) -> AsyncGenerator[str, None]:
    """The lines of a stream, from after its state."""
    response: httpx.Response = await stack.enter_async_context(
        citizen.http.stream("GET", citizen.url("events"), headers=citizen.headers)
    )
    lines = cast("AsyncGenerator[str, None]", response.aiter_lines())
    async for line in lines:
        if line.startswith("data:"):
            break
    return lines


async def beats(lines: AsyncIterator[str], number: int) -> None:
    async for line in lines:
        number -= line.startswith(":")
        if not number:
            return


async def calls(gateway: Gateway, command: str) -> int:
    stats = await gateway.services.redis.info("commandstats")
    return int(stats.get(f"cmdstat_{command}", {}).get("calls", 0))


async def test_all_streams_of_a_process_share_one_subscription(gateway: Gateway) -> None:
    async with AsyncExitStack() as stack:
        kept = [await opened(stack, await gateway.citizen()) for _ in range(30)]
        clients = await gateway.services.redis.client_list(_type="pubsub")
        assert len(clients) == 1
        assert len(gateway.services.streams) == len(kept) == 30


async def test_an_idle_stream_reads_one_key_now_and_then(gateway: Gateway) -> None:
    async with AsyncExitStack() as stack:
        lines = await opened(stack, await gateway.citizen())
        await beats(lines, 1)
        await gateway.services.redis.config_resetstat()
        looks = 3
        await beats(lines, looks * live.LOOK_AGAIN)
        assert await calls(gateway, "xrange") == 0
        assert await calls(gateway, "hgetall") <= looks


async def test_a_lost_signal_costs_time_and_no_message(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    citizen = await gateway.citizen()
    async with AsyncExitStack() as stack:
        lines = await opened(stack, citizen)
        monkeypatch.setattr(gateway.services.hub, "_dispatch", lambda _: None)
        await citizen.post(text="聞こえますか")
        async for line in lines:
            if "聞こえますか" in line:
                return


async def test_past_the_limit_no_stream_is_opened(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    async with AsyncExitStack() as stack:
        kept = [await opened(stack, citizen) for _ in range(30)]
        answer = await citizen.http.get(citizen.url("events"), headers=citizen.headers)
        assert (answer.status_code, answer.json()["error"]["code"]) == (503, "busy")
        assert answer.headers["retry-after"]
        assert (await citizen.read())["messages"] == []
        await kept[0].aclose()
        await until(lambda: len(gateway.services.streams) < 30)
        assert await opened(stack, citizen)


async def test_a_reader_who_never_reads_is_cut_off(
    gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(http, "SLOW_SECONDS", 0.2)
    citizen = await gateway.citizen()
    reader = socket.create_connection((gateway.http.base_url.host, gateway.http.base_url.port))
    reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    request = f"GET {citizen.url('events')} HTTP/1.1\r\nhost: x\r\n"
    reader.sendall(f"{request}authorization: Bearer {citizen.token}\r\n\r\n".encode())
    await until(lambda: len(gateway.services.streams) == 1)
    await fill(gateway, citizen)
    await until(lambda: not gateway.services.streams)
    assert b"bot_cut_streams_total 1.0" in gateway.services.metrics.render()
    reader.close()


async def fill(gateway: Gateway, citizen: Citizen) -> None:
    """More than all buffers between here and the reader can hold."""
    store = gateway.services.store
    drafts = tuple(Draft(Role.BOT, "長" * 30_000) for _ in range(100))
    for _ in range(3):
        await store.commit(await store.load(citizen.id), Change(drafts))


async def until(is_so: Any) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not is_so():  # noqa: ASYNC110 - what it waits for has no event
            await asyncio.sleep(0.01)
