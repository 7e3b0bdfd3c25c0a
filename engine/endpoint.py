"""The action server's address, called over connections that stay open."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import ujson
from aiohttp import (
    ClientSession,
    ClientTimeout,
    DummyCookieJar,
    ServerDisconnectedError,
    TCPConnector,
)
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

if TYPE_CHECKING:
    from collections.abc import Callable

# Shorter than the action server keeps a connection (Sanic's 120 s): so it is we who let go.
_IDLE_SECONDS = 30
_FAILED = 400


class KeptEndpoint(EndpointConfig):
    """Rasa's endpoint, which opens a session and a connection for each call, without that.

    Only what the action call uses: POST, JSON, no authentication (it is on loopback).
    """

    def __init__(self, url: str, connector: Callable[[], TCPConnector] | None = None) -> None:
        """Takes the address, and another maker of connections in tests."""
        super().__init__(url)
        self._connector = connector or (lambda: TCPConnector(keepalive_timeout=_IDLE_SECONDS))
        self._session: ClientSession | None = None

    async def request(  # type: ignore[override,unused-ignore]  # less than Rasa's can do
        self,
        method: str = "post",
        *,
        json: Any,  # noqa: ANN401 - as it will be sent
        timeout: float,
        compress: bool = False,  # noqa: ARG002 - on loopback it would only cost time
    ) -> Any:  # noqa: ANN401 - whatever was answered
        """Calls, and once more if the server had given up a kept connection.

        That is safe: our actions change nothing (actions/base.py).

        Raises:
            ClientResponseError: with what the server said, if it could not.
        """
        limit = ClientTimeout(total=timeout)
        try:
            return await self._call(method, json, limit)
        except ServerDisconnectedError:
            return await self._call(method, json, limit)

    async def close(self) -> None:
        """Closes the connections."""
        if self._session:
            await self._session.close()

    async def _call(self, method: str, body: Any, limit: ClientTimeout) -> Any:  # noqa: ANN401 - as above
        if self._session is None:
            self._session = ClientSession(
                connector=self._connector(),
                cookie_jar=DummyCookieJar(),
                json_serialize=partial(ujson.dumps, ensure_ascii=False),
            )
        async with self._session.request(method, self.url, json=body, timeout=limit) as response:
            if response.status >= _FAILED:
                raise ClientResponseError(response.status, response.reason, await response.read())
            return await response.json(loads=ujson.loads)
