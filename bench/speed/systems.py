"""What is measured: something that starts, and answers one message."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    import aiohttp
    import psutil

    from bench.speed.processes import Processes, Started


class Answer(NamedTuple):
    """Whether the message was answered, and with how many replies."""

    ok: bool
    replies: int


class System(ABC):
    """A bot, served on this machine."""

    name: ClassVar[str]
    engine: Started
    """Rasa's process."""
    serving: list[psutil.Popen]
    """All processes whose computing time counts."""

    @abstractmethod
    def start(self, processes: Processes) -> None:
        """Starts it and waits until it answers."""

    @abstractmethod
    async def ask(self, client: aiohttp.ClientSession, conversation: str, text: str) -> Answer:
        """Asks one message and waits for all replies."""

    @abstractmethod
    async def begin_session(self, client: aiohttp.ClientSession, conversation: str) -> None:
        """Begins a new session of a conversation."""
