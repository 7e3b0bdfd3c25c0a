"""The simulator's time, which can be moved on."""

from __future__ import annotations

import time


class MovableClock:
    """Seconds since 1970; a jump spares waiting for a token's minute or a retry key's day."""

    def __init__(self) -> None:
        """Starts with the machine's time."""
        self._ahead = 0.0

    def now(self) -> float:
        """The time in seconds since 1970."""
        return time.time() + self._ahead

    def now_ms(self) -> int:
        """The same in milliseconds, as LINE's events carry it."""
        return int(self.now() * 1000)

    def jump(self, seconds: float) -> None:
        """Moves time on."""
        self._ahead += seconds
