"""The official account through LINE's SDK."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import aiohttp
from linebot.v3.messaging import (
    AsyncApiClient,
    AsyncMessagingApi,
    AsyncMessagingApiBlob,
    Configuration,
    SetWebhookEndpointRequest,
    TestWebhookEndpointRequest,
)
from linebot.v3.messaging.exceptions import ApiException

from bot.channels.line.account import Quota, Webhook, WebhookTest
from bot.errors import LineRefused, LineUnreachable

if TYPE_CHECKING:
    from collections.abc import Awaitable
    from typing import Self

    from linebot.v3.messaging import RichMenuRequest

LINES_OWN = "https://api.line.me"
"""LINE's API; files go to another host of LINE's, which the SDK knows."""
_PATIENCE = aiohttp.ClientTimeout(total=20, connect=5)
_NOT_FOUND = 404


class LineAccount:
    """The account through LINE's SDK; use it as a context manager within a running loop."""

    def __init__(self, base: str, token: str) -> None:
        """Takes the API's address and the channel access token."""
        host = None if base == LINES_OWN else base
        self._client = AsyncApiClient(Configuration(host=host, access_token=token))
        self._api = AsyncMessagingApi(self._client)
        self._files = AsyncMessagingApiBlob(self._client)

    async def __aenter__(self) -> Self:
        """Itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Lets go of connections."""
        await self._client.close()

    async def name(self) -> str:
        """See `Account`."""
        return str((await _asked(self._api.get_bot_info(_request_timeout=_PATIENCE))).display_name)

    async def menus(self) -> dict[str, str]:
        """See `Account`."""
        found = await _asked(self._api.get_rich_menu_list(_request_timeout=_PATIENCE))
        return {one.rich_menu_id: one.name for one in found.richmenus}

    async def default_menu(self) -> str | None:
        """See `Account`."""
        asked = self._api.get_default_rich_menu_id(_request_timeout=_PATIENCE)
        found = await _if_there(asked)
        return found and str(found.rich_menu_id)

    async def add_menu(self, menu: RichMenuRequest, picture: bytes) -> str:
        """See `Account`."""
        made = await _asked(self._api.create_rich_menu(menu, _request_timeout=_PATIENCE))
        png = {"Content-Type": "image/png"}
        await _asked(
            self._files.set_rich_menu_image(
                made.rich_menu_id, body=picture, _headers=png, _request_timeout=_PATIENCE
            )
        )
        return str(made.rich_menu_id)

    async def link_menu(self, menu_id: str) -> None:
        """See `Account`."""
        await _asked(self._api.set_default_rich_menu(menu_id, _request_timeout=_PATIENCE))

    async def remove_menu(self, menu_id: str) -> None:
        """See `Account`."""
        await _if_there(self._api.delete_rich_menu(menu_id, _request_timeout=_PATIENCE))

    async def webhook(self) -> Webhook | None:
        """See `Account`."""
        found = await _if_there(self._api.get_webhook_endpoint(_request_timeout=_PATIENCE))
        if not found or not found.endpoint:
            return None
        return Webhook(str(found.endpoint), bool(found.active))

    async def set_webhook(self, url: str) -> None:
        """See `Account`."""
        request = SetWebhookEndpointRequest(endpoint=url)
        await _asked(self._api.set_webhook_endpoint(request, _request_timeout=_PATIENCE))

    async def test_webhook(self, url: str) -> WebhookTest:
        """See `Account`."""
        request = TestWebhookEndpointRequest(endpoint=url)
        met = await _asked(
            self._api.test_webhook_endpoint(
                test_webhook_endpoint_request=request, _request_timeout=_PATIENCE
            )
        )
        return WebhookTest(bool(met.success), met.status_code, met.reason, met.detail)

    async def quota(self) -> Quota:
        """See `Account`."""
        allowed = await _asked(self._api.get_message_quota(_request_timeout=_PATIENCE))
        used = await _asked(self._api.get_message_quota_consumption(_request_timeout=_PATIENCE))
        return Quota(allowed.value, int(used.total_usage))


async def _asked(call: Awaitable[Any]) -> Any:  # noqa: ANN401 - the SDK carries no types
    """The answer of LINE.

    Raises:
        LineUnreachable: without an answer.
        LineRefused: if LINE says no.
    """
    try:
        return await call
    except ApiException as error:
        raise LineRefused(error.status, _words(error.body)) from error
    except (aiohttp.ClientError, TimeoutError) as error:
        raise LineUnreachable(str(error) or type(error).__name__) from error


async def _if_there(call: Awaitable[Any]) -> Any:  # noqa: ANN401 - as above
    """The answer of LINE, or None where LINE knows no such thing."""
    try:
        return await _asked(call)
    except LineRefused as error:
        if error.status == _NOT_FOUND:
            return None
        raise


def _words(body: str | None) -> str:
    """What LINE says is wrong."""
    try:
        return str(json.loads(body or "{}")["message"])
    except (ValueError, KeyError, TypeError):
        return ""
