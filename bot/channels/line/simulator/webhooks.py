"""Sends webhooks: signed, again after a failure, and as badly as a test commands."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
import time
from collections import deque
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import httpx

from bot.tasks import end

if TYPE_CHECKING:
    from collections.abc import Callable

    Events = list[dict[str, Any]]

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 2.0
REDELIVERY_SECONDS = (1.0, 1.0, 2.0, 2.0, 5.0, 5.0, 10.0, 10.0, 20.0, 30.0, 60.0)
"""The waits between the attempts at a webhook that gets no 200; LINE's own are longer."""
MAX_DELIVERIES = 60_000
MAX_UNDER_WAY = 20_000


@dataclass(frozen=True)
class Delivery:
    """One attempt. `began` and `ended` are seconds on one clock; status 0: no answer."""

    events: tuple[str, ...]
    status: int
    began: float
    ended: float
    redelivery: bool

    def shown(self) -> dict[str, Any]:
        """The attempt as tests get it."""
        return asdict(self)


def sign(secret: str, body: bytes) -> str:
    """The value of `x-line-signature`."""
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


class Webhooks:
    """Posts to the bot's endpoint until it says 200, or until its patience ends."""

    def __init__(
        self, secret: str, destination: str, before_sending: Callable[[Any], None]
    ) -> None:
        """Takes the secret to sign with, the account's ID, and whom to tell of each event sent."""
        self.endpoint = ""
        self.active = True
        self.redeliver = True
        self.deliveries: deque[Delivery] = deque(maxlen=MAX_DELIVERIES)
        self._secret = secret
        self._destination = destination
        self._before_sending = before_sending
        self._client = httpx.AsyncClient(
            timeout=TIMEOUT_SECONDS, limits=httpx.Limits(max_connections=100), trust_env=False
        )
        self._tasks: set[asyncio.Task[None]] = set()
        self._last: Events = []

    @property
    def under_way(self) -> int:
        """Webhooks that are not delivered yet."""
        return len(self._tasks)

    def send(self, events: Events, after: float = 0.0, *, again: bool = False) -> None:
        """Sends events in one webhook, in the background; `again`: marked as redelivered."""
        if not self.active or not self.endpoint or len(self._tasks) >= MAX_UNDER_WAY:
            return
        task = asyncio.create_task(self._deliver(events, after, again=again))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def send_last_again(self) -> None:
        """Sends the last webhook once more, marked as redelivered."""
        if self._last:
            self.send(self._last, again=True)

    async def attempt(
        self, events: Events, *, again: bool = False, endpoint: str | None = None
    ) -> Delivery:
        """Sends one webhook once, and keeps how that went."""
        for event in events:
            self._before_sending(event)
        self._last = events or self._last
        context = {"deliveryContext": {"isRedelivery": again}}
        payload = {
            "destination": self._destination,
            "events": [{**event, **context} for event in events],
        }
        body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
        began = time.monotonic()
        status = await self._post(endpoint or self.endpoint, body)
        names = tuple(event["webhookEventId"] for event in events)
        delivery = Delivery(names, status, began, time.monotonic(), redelivery=again)
        self.deliveries.append(delivery)
        return delivery

    async def stop(self) -> None:
        """Gives up what is under way."""
        await end(self._tasks)
        await self._client.aclose()

    async def _deliver(self, events: Events, after: float, *, again: bool) -> None:
        await asyncio.sleep(after)
        for wait in (*REDELIVERY_SECONDS, None):
            delivery = await self.attempt(events, again=again)
            if delivery.status == HTTPStatus.OK or wait is None or not self.redeliver:
                return
            logger.info("webhook got %s, again in %s s", delivery.status or "no answer", wait)
            await asyncio.sleep(wait)
            again = True

    async def _post(self, endpoint: str, body: bytes) -> int:
        headers = {
            "content-type": "application/json; charset=utf-8",
            "user-agent": "LineBotWebhook/2.0",
            "x-line-signature": sign(self._secret, body),
        }
        try:
            answer = await self._client.post(endpoint, content=body, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL):
            return 0
        return answer.status_code
