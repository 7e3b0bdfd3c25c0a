"""Accepting goes before answering: what is accepted is safe, and its answer may take a moment."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.conversation.worker import Settler

MANY = 16
"""So many messages being accepted at once are a burst."""
AT_MOST_SECONDS = 0.25
"""Longer an answer does not stand back, so that a burst that does not end is worked off as well."""


class Courtesy:
    """Knows whether a burst is being accepted in this process."""

    def __init__(self) -> None:
        """Starts calm."""
        self._accepting = 0
        self._calm = asyncio.Event()
        self._calm.set()

    @contextmanager
    def accepting(self) -> Iterator[None]:
        """A message is being accepted for as long as the block lasts."""
        self._accepting += 1
        if self._accepting >= MANY:
            self._calm.clear()
        try:
            yield
        finally:
            self._accepting -= 1
            if self._accepting < MANY:
                self._calm.set()

    async def stand_back(self) -> None:
        """Returns when no burst is being accepted, or after a moment."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_MOST_SECONDS):
                await self._calm.wait()


class Courteous:
    """A settler that stands back while a burst is being accepted."""

    def __init__(self, settler: Settler, courtesy: Courtesy) -> None:
        """Takes what settles, and what knows of bursts."""
        self._settler = settler
        self._courtesy = courtesy

    async def settle(self, conversation_id: str) -> float | None:
        """Settles a conversation, in a moment."""
        await self._courtesy.stand_back()
        return await self._settler.settle(conversation_id)
