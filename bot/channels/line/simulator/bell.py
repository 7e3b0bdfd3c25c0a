"""Tells open pages which phones changed."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Listener:
    """One open page: the chats that changed since it last looked."""

    def __init__(self) -> None:
        """Starts with nothing to tell."""
        self._changed: set[str] = set()
        self._rung = asyncio.Event()

    def ring(self, chat_id: str) -> None:
        """A chat changed."""
        self._changed.add(chat_id)
        self._rung.set()

    async def wait(self, seconds: float) -> set[str]:
        """The chats that changed, as soon as there are any; empty after so many seconds."""
        try:
            async with asyncio.timeout(seconds):
                await self._rung.wait()
        except TimeoutError:
            return set()
        self._rung.clear()
        changed, self._changed = self._changed, set()
        return changed


class Bell:
    """Rings at every open page."""

    def __init__(self) -> None:
        """Starts with no pages."""
        self._listeners: set[Listener] = set()

    @contextmanager
    def listening(self) -> Iterator[Listener]:
        """Listens for as long as the block lasts."""
        listener = Listener()
        self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)

    def ring(self, chat_id: str) -> None:
        """A chat changed."""
        for listener in self._listeners:
            listener.ring(chat_id)
