"""Whether LINE takes our keys: asked at the start, and now and then for `/readyz`."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import TYPE_CHECKING, Protocol

from bot.channels.line.client import Done, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.channels.line.client import Line
    from bot.privacy import Vault

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 2.5
"""`/readyz` waits no longer for LINE; its askers do not either."""
FRESH_SECONDS = 60.0
"""So long an answer of LINE's counts; `/readyz` may be asked every second."""


class KnownKeys(Protocol):
    """Remembers which PRIVACY_KEY was used first."""

    async def is_known(self, fingerprint: str) -> bool:
        """Whether this is the fingerprint of the first key; the first one always is."""


class Standing:
    """Asks LINE for the account that our access token opens."""

    def __init__(
        self, line: Line, keys: KnownKeys, vault: Vault, now: Callable[[], float] = time.monotonic
    ) -> None:
        """Takes LINE, and what tells whether our PRIVACY_KEY is the old one; `now` in seconds."""
        self._line = line
        self._keys = keys
        self._vault = vault
        self._now = now
        self._state = ""
        self._asked = 0.0

    async def state(self) -> str:
        """`on`, `refused` (LINE does not take the access token) or `unreachable`."""
        if not self._state or self._now() - self._asked > FRESH_SECONDS:
            self._asked = self._now()
            self._state = await self._ask()
        return self._state

    async def tell(self) -> None:
        """Says in the log at the start how things stand."""
        state = await self.state()
        if state == "refused":
            logger.error("LINE_CHANNEL_ACCESS_TOKEN: LINE does not take it; no message can be sent")
        elif state == "unreachable":
            logger.warning("LINE cannot be reached; what is to be said waits for it")
        if not await self._keys.is_known(self._vault.fingerprint):
            logger.error(
                "PRIVACY_KEY: not the one that the stored conversations on LINE were hidden with; "
                "they go on as new ones, and what waits in them cannot be sent"
            )

    async def _ask(self) -> str:
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                result = await self._line.check_token()
        except TimeoutError:
            return "unreachable"
        match result:
            case Done():
                return "on"
            case Refused():
                return "refused"
            case _:
                return "unreachable"
