"""What we ask of LINE, over its SDK; every outcome is a value, and no call blocks or hangs."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Protocol

from aiohttp import ClientConnectionError, ClientConnectorError, ClientError, ClientTimeout
from linebot.v3.messaging import (
    ApiException,
    AsyncApiClient,
    AsyncMessagingApi,
    Configuration,
    MarkMessagesAsReadByTokenRequest,
    PushMessageRequest,
    ReplyMessageRequest,
    ShowLoadingAnimationRequest,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from linebot.v3.messaging import Message

logger = logging.getLogger(__name__)

TIMEOUT = ClientTimeout(total=10.0, sock_connect=3.0, sock_read=8.0)
"""Seconds; an answer that takes longer counts as unknown."""
CONNECTIONS = 200
"""More than all calls that are ever under way: one that waited for a connection until its time is
up would count as unknown, although it never left."""
REFUSED_SECONDS = 60.0
"""So long we wait when LINE does not take our token; somebody has to mend that."""
_TOKEN_GONE = "reply token"  # noqa: S105 - part of LINE's error text, not a secret
_QUOTA_SPENT = "monthly limit"


@dataclass(frozen=True)
class Done:
    """LINE has taken it, now or earlier under the same retry key."""


@dataclass(frozen=True)
class Gone:
    """The reply token was used already, or is too old. Which of the two, LINE does not say."""


@dataclass(frozen=True)
class Refused:
    """LINE will not take this, however often it is sent. `reason`: `quota` or `invalid`."""

    reason: str


@dataclass(frozen=True)
class Wait:
    """LINE has not taken it, for certain; it may later. Seconds, if LINE named them."""

    seconds: float | None = None


@dataclass(frozen=True)
class Unknown:
    """Nobody knows whether LINE has taken it: no answer, or an error of LINE's own."""


Result = Done | Gone | Refused | Wait | Unknown


class Line(Protocol):
    """LINE's side, as far as we need it."""

    async def reply(self, token: str, messages: list[Message]) -> Result:
        """Answers an event, once and soon."""

    async def push(self, to: str, messages: list[Message], retry_key: str) -> Result:
        """Says something unasked; the same retry key again is the same push."""

    async def show_loading(self, user_id: str, seconds: int) -> Result:
        """Shows that an answer is being written, until it comes or for 5 to 60 seconds."""

    async def mark_as_read(self, token: str) -> Result:
        """Marks a message, and all before it, as read."""

    async def check_token(self) -> Result:
        """Done if LINE knows the channel by our access token, Refused if it does not."""

    async def close(self) -> None:
        """Lets go of connections."""


class LineClient:
    """LINE over HTTP; connects on first use."""

    def __init__(self, access_token: str, base: str) -> None:
        """Takes the channel's access token and the address of LINE's API."""
        self._configuration = Configuration(access_token=access_token, host=base)
        self._configuration.connection_pool_maxsize = CONNECTIONS
        self._client: AsyncApiClient | None = None

    async def reply(self, token: str, messages: list[Message]) -> Result:
        """Answers an event, once and soon."""
        request = ReplyMessageRequest(reply_token=token, messages=messages)
        return await self._call(self._api().reply_message, request)

    async def push(self, to: str, messages: list[Message], retry_key: str) -> Result:
        """Says something unasked; the same retry key again is the same push."""
        request = PushMessageRequest(to=to, messages=messages)
        return await self._call(self._api().push_message, request, retry_key)

    async def show_loading(self, user_id: str, seconds: int) -> Result:
        """Shows that an answer is being written, until it comes or for 5 to 60 seconds."""
        request = ShowLoadingAnimationRequest(chat_id=user_id, loading_seconds=seconds)
        return await self._call(self._api().show_loading_animation, request)

    async def mark_as_read(self, token: str) -> Result:
        """Marks a message, and all before it, as read."""
        request = MarkMessagesAsReadByTokenRequest(mark_as_read_token=token)
        return await self._call(self._api().mark_messages_as_read_by_token, request)

    async def check_token(self) -> Result:
        """Done if LINE knows the channel by our access token, Refused if it does not."""
        return await self._call(self._api().get_bot_info, unauthorized=Refused("token"))

    async def close(self) -> None:
        """Lets go of connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _api(self) -> AsyncMessagingApi:
        if self._client is None:  # built here, because it needs the running loop
            self._client = AsyncApiClient(self._configuration)
        return AsyncMessagingApi(self._client)

    async def _call(
        self,
        method: Callable[..., Awaitable[Any]],
        *arguments: object,
        unauthorized: Result | None = None,
    ) -> Result:
        try:
            await method(*arguments, _request_timeout=TIMEOUT)
        except ApiException as error:
            if error.status == HTTPStatus.UNAUTHORIZED and unauthorized:
                return unauthorized
            return classify(int(error.status or 0), error.headers or {}, error.body)
        except (ClientConnectorError, ConnectionRefusedError):
            return Wait()  # the connection never stood, so LINE cannot have read anything
        except (ClientError, ClientConnectionError, TimeoutError, asyncio.TimeoutError, OSError):
            return Unknown()
        return Done()


def classify(status: int, headers: Mapping[str, str], body: bytes | str | None) -> Result:
    """What an error of LINE means. Only its kind is logged: its text could name a citizen."""
    text = _message(body)
    if status == HTTPStatus.CONFLICT:
        return Done()
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return Refused("quota") if _QUOTA_SPENT in text else Wait(_seconds(headers))
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        logger.error("LINE does not take LINE_CHANNEL_ACCESS_TOKEN (%s)", status)
        return Wait(REFUSED_SECONDS)
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR or status < HTTPStatus.BAD_REQUEST:
        return Unknown()
    if _TOKEN_GONE in text:
        return Gone()
    logger.error("LINE refuses a request (%s)", status)
    return Refused("invalid")


def _message(body: bytes | str | None) -> str:
    try:
        return str(json.loads(body or "{}").get("message", "")).lower()
    except (ValueError, AttributeError):
        return ""


def _seconds(headers: Mapping[str, str]) -> float | None:
    given = headers.get("retry-after", "")
    return float(given) if given.isdecimal() else None
