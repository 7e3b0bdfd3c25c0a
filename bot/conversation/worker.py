"""The worker: takes conversations from a work list and has them settled."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Protocol

from bot.errors import Conflict, RequestError
from bot.tasks import end

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bot.conversation.ports import Lease, WorkList
    from bot.metrics import Metrics

logger = logging.getLogger(__name__)

CONCURRENCY = 16
"""Conversations that one gateway settles side by side."""
LOOK_SECONDS = 0.5
"""So often the list is looked at, even if no signal comes."""
RETRY_SECONDS = 2.0
"""After an unexpected error a conversation is taken up again after so long."""


class Watcher(Protocol):
    """Something that wakes up when there is work."""

    async def wait(self, seconds: float) -> bool:
        """Sleeps until woken, at most so many seconds; whether it was woken."""

    def wake(self) -> None:
        """There is work."""


class Signals(Protocol):
    """Where to be woken."""

    def watch(self, *subjects: str) -> AbstractContextManager[Watcher]:
        """Watches subjects for as long as the block lasts."""


class Settler(Protocol):
    """What is done with a conversation that is due."""

    async def settle(self, conversation_id: str) -> float | None:
        """Does all there is to do; seconds after which to come again, or None."""


class Worker:
    """Settles conversations until it is stopped; any number of workers may run side by side."""

    def __init__(
        self,
        work: WorkList,
        settler: Settler,
        signals: Signals,
        metrics: Metrics,
        concurrency: int = CONCURRENCY,
    ) -> None:
        """Takes the list, what to do with each, where to be woken, how many side by side."""
        self._concurrency = concurrency
        self._work = work
        self._settler = settler
        self._signals = signals
        self._metrics = metrics
        self._busy: set[asyncio.Task[None]] = set()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begins to work, in the background."""
        self._task = asyncio.create_task(self._run(), name=f"worker: {self._work.name}")

    async def stop(self) -> None:
        """Stops at once; what is under way is taken up by another worker, or at the next start."""
        await end((self._task,))
        await end(self._busy)

    async def _run(self) -> None:
        with self._signals.watch(self._work.name) as watcher:
            while True:
                try:
                    await self._take(watcher)
                except Exception:
                    logger.exception("the work list cannot be read, trying again")
                await watcher.wait(LOOK_SECONDS)

    async def _take(self, watcher: Watcher) -> None:
        free = self._concurrency - len(self._busy)
        if free <= 0:
            return
        for lease in await self._work.lease(free):
            task = asyncio.create_task(self._settle(lease, watcher))
            self._busy.add(task)
            task.add_done_callback(self._busy.discard)
            task.add_done_callback(lambda _: watcher.wake())

    async def _settle(self, lease: Lease, watcher: Watcher) -> None:
        """Settles one conversation, keeping its lease meanwhile."""
        kept = [lease]
        keeper = asyncio.create_task(self._keep(kept))
        try:
            again = await self._attempt(lease.conversation_id)
        finally:
            await end((keeper,))
        try:
            await self._work.finish(kept[-1], again)
        except Exception:
            logger.exception("lease not given back, it will lapse: %s", lease.conversation_id)
        if again:
            asyncio.get_running_loop().call_later(again, watcher.wake)

    async def _attempt(self, conversation_id: str) -> float | None:
        """Settles a conversation; after any error it comes again."""
        try:
            return await self._settler.settle(conversation_id)
        except Conflict:
            return 0.0
        except RequestError:
            logger.info("conversation %s is gone", conversation_id)
            return None
        except Exception:
            self._metrics.work_failures.inc()
            logger.exception("conversation %s is put back", conversation_id)
            return RETRY_SECONDS

    async def _keep(self, kept: list[Lease]) -> None:
        """Renews a lease in time, again and again, until cancelled or lost."""
        while True:
            await asyncio.sleep(self._work.lease_ms / 3000)
            renewed = await self._work.renew(kept[-1])
            if renewed is None:
                return
            kept.append(renewed)
