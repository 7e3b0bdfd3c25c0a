"""The kept connection to the action server."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from aiohttp import ServerDisconnectedError, web
from rasa.utils.endpoints import ClientResponseError

from engine.endpoint import KeptEndpoint
from tests.engine.serving import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


class Server:
    """Answers with what it was sent, and can hang up."""

    def __init__(self) -> None:
        self.url = ""
        self.status = 200
        self.connections: set[int] = set()
        self.hang_up_on: set[int] = set()
        """Numbers of requests, counted from 1, on which it hangs up without an answer."""
        self.asked = 0

    async def answer(self, request: web.Request) -> web.Response:
        self.asked += 1
        assert request.transport is not None
        self.connections.add(request.transport.get_extra_info("peername")[1])
        if self.asked in self.hang_up_on:
            request.transport.close()
        return web.json_response(await request.json(), status=self.status)


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    told, app, port = Server(), web.Application(), free_port()
    app.router.add_post("/webhook", told.answer)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    told.url = f"http://127.0.0.1:{port}/webhook"
    yield told
    await runner.cleanup()


@pytest.fixture
async def endpoint(server: Server) -> AsyncIterator[KeptEndpoint]:
    kept = KeptEndpoint(server.url)
    yield kept
    await kept.close()


async def test_one_connection_for_all_calls(server: Server, endpoint: KeptEndpoint) -> None:
    for number in range(5):
        assert await endpoint.request(json={"n": number}, timeout=5) == {"n": number}
    assert len(server.connections) == 1


async def test_a_connection_given_up_by_the_server_is_made_anew(
    server: Server, endpoint: KeptEndpoint
) -> None:
    await endpoint.request(json={}, timeout=5)
    server.hang_up_on = {2}
    assert await endpoint.request(json={"n": 2}, timeout=5) == {"n": 2}
    assert len(server.connections) == 2


async def test_a_server_that_hangs_up_twice_has_failed(
    server: Server, endpoint: KeptEndpoint
) -> None:
    server.hang_up_on = {1, 2}
    with pytest.raises(ServerDisconnectedError):
        await endpoint.request(json={}, timeout=5)
    assert server.asked == 2


async def test_a_refusal_is_told_as_rasa_tells_it(server: Server, endpoint: KeptEndpoint) -> None:
    server.status = 500
    with pytest.raises(ClientResponseError) as raised:
        await endpoint.request(json={}, timeout=5)
    assert raised.value.status == 500
