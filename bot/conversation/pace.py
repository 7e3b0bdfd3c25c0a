"""How long a message will wait, said before it does."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conversation.ports import Load
    from bot.conversation.worker import Settler

_WEIGHT = 0.05
"""So much a new time counts: the mean follows a change within some dozens of conversations."""


class Pace:
    """Estimates waits from what this process sees; by Little's law that holds for all of them."""

    def __init__(self, at_least: int) -> None:
        """Takes how many conversations one process settles side by side."""
        self._at_least = at_least
        self._mean = 0.0

    def took(self, seconds: float) -> None:
        """A conversation took so long to settle."""
        self._mean += _WEIGHT * (seconds - self._mean) if self._mean else seconds

    def wait(self, load: Load) -> float:
        """Seconds until a conversation that joins the list now is taken up."""
        return load.waiting * self._mean / max(load.at_work, self._at_least)


class Paced:
    """A settler whose times are taken."""

    def __init__(self, settler: Settler, pace: Pace) -> None:
        """Takes what settles, and what is told how long it took."""
        self._settler = settler
        self._pace = pace

    async def settle(self, conversation_id: str) -> float | None:
        """Settles a conversation; one that failed took its time as well."""
        began = time.monotonic()
        try:
            return await self._settler.settle(conversation_id)
        finally:
            self._pace.took(time.monotonic() - began)
