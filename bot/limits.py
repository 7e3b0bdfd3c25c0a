"""What is refused when too much comes, so that what was accepted is still answered in time."""

from __future__ import annotations

import math
from ipaddress import IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

from bot.errors import busy, too_many

if TYPE_CHECKING:
    from bot.adapters.redis.rates import RedisRates
    from bot.conversation.pace import Pace
    from bot.conversation.ports import Load
    from bot.errors import RequestError
    from bot.settings import Settings

WORTH_TELLING_SECONDS = 3.0
"""A shorter wait is not worth a word."""
_MOST_SECONDS = 60
"""Nobody is sent away for longer than this."""
_HOME_BITS = 64
"""An IPv6 customer has at least a network of this size to choose addresses from."""


class Limits:
    """The limits of the settings."""

    def __init__(self, settings: Settings, rates: RedisRates, pace: Pace) -> None:
        """Takes the settings, where rates are counted, and what estimates waits."""
        self._settings = settings
        self._rates = rates
        self._pace = pace

    async def check_address(self, address: str) -> None:
        """Counts a request of an address; 429 if it sends more than the limit.

        Loopback is not counted: nobody comes from there but a proxy, which stands for everybody.
        """
        place = _place(address)
        per_minute = self._settings.address_per_minute
        if place is None or not per_minute:
            return
        seconds = await self._rates.allow(f"address:{place}", per_minute)
        if seconds:
            raise too_many("too_many_requests", seconds)

    def is_full(self, load: Load) -> bool:
        """Whether so many wait that no more are taken."""
        return load.waiting >= self._settings.max_waiting

    def full(self, load: Load) -> RequestError:
        """The answer (503) to who comes then, with a time after which half of the line is gone."""
        seconds = min(max(math.ceil(self._pace.wait(load) / 2), 1), _MOST_SECONDS)
        return busy(seconds)

    def wait_to_tell(self, load: Load) -> int | None:
        """Seconds that a message will wait, if that is worth telling."""
        seconds = self._pace.wait(load)
        return math.ceil(seconds) if seconds >= WORTH_TELLING_SECONDS else None


def _place(address: str) -> str | None:
    """Who an address stands for; None for loopback and for what is no address."""
    try:
        found = ip_address(address.strip("[]").partition("%")[0])
    except ValueError:
        return None
    if found.is_loopback:
        return None
    if isinstance(found, IPv6Address):
        return str(IPv6Network((found, _HOME_BITS), strict=False))
    return str(found)
