"""Readings for whoever serves texts: off the event loop, and once a text."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from bot.reading.reader import Reader

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.reading.corrections import Corrections
    from bot.reading.placing import Ruby

KEPT = 4096
"""Texts whose readings are kept, at about 4 KB each."""


class Readings:
    """Reads texts in a thread of its own, which loads the dictionary when it is first asked."""

    def __init__(self, corrections: Corrections) -> None:
        """Takes the corrections; neither thread nor dictionary is there before they are used."""
        self._corrections = corrections
        # One thread alone: a tokenizer serves one at a time, and the kept readings need no lock.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reading")
        self._kept = lru_cache(maxsize=KEPT)(self._read)

    async def of(self, texts: Sequence[str]) -> list[Ruby]:
        """The texts' segments, in the texts' order."""
        if not texts:
            return []
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._all, tuple(texts))

    def close(self) -> None:
        """Ends the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._corrections)

    def _all(self, texts: tuple[str, ...]) -> list[Ruby]:
        return [self._kept(text) for text in texts]

    def _read(self, text: str) -> Ruby:
        return self._reader.read(text)
