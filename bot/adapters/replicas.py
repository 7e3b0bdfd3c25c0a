"""Which of the engine's replicas is asked first: a conversation's home, unless busy or down."""

from __future__ import annotations

import hashlib
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AVOID_SECONDS = 5.0
"""So long a replica that did not answer is asked last."""
_SLACK = 1
"""So many more may be under way at home than at the least busy replica."""


class Replicas:
    """Any replica can take any turn, because trackers are in Redis; so this is only about load.

    Each conversation has an order of its own among them: conversations spread evenly, one mostly
    stays where it is, and if a replica goes down its conversations spread over all others. With few
    conversations at once chance would leave a replica idle while another has a queue; hence who has
    much to do is asked after the others.
    """

    def __init__(self, urls: Sequence[str]) -> None:
        """Takes their addresses."""
        self.urls = tuple(urls)
        self._under_way = dict.fromkeys(urls, 0)
        self._avoided: dict[str, float] = {}

    def order(self, subject: str) -> list[str]:
        """All of them, in the order in which they are to be asked about a conversation or text."""
        now, least = time.monotonic(), min(self._under_way.values())

        def place(url: str) -> tuple[bool, bool, bytes]:
            digest = hashlib.sha256(f"{subject} {url}".encode()).digest()
            busy = self._under_way[url] > least + _SLACK
            return self._avoided.get(url, 0.0) > now, busy, digest

        return sorted(self._under_way, key=place)

    def avoid(self, url: str) -> None:
        """One did not answer."""
        self._avoided[url] = time.monotonic() + AVOID_SECONDS

    @contextmanager
    def asked(self, url: str) -> Iterator[None]:
        """One is asked as long as the block lasts."""
        self._under_way[url] += 1
        try:
            yield
        finally:
            self._under_way[url] -= 1
