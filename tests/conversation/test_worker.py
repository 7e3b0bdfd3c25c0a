"""The worker: every scheduled conversation is settled, whatever goes wrong on the way."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from bot.conversation import worker as module
from bot.conversation.worker import Worker
from bot.errors import Conflict, not_found
from bot.metrics import Metrics
from tests.fakes import FakeWorkList

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator


class Alarm:
    """Wakes the worker at once."""

    def __init__(self) -> None:
        self.event = asyncio.Event()

    async def wait(self, seconds: float) -> bool:
        del seconds
        await self.event.wait()
        self.event.clear()
        return True

    def wake(self) -> None:
        self.event.set()

    @contextmanager
    def watch(self, *subjects: str) -> Iterator[Alarm]:
        assert subjects == ("work",)
        yield self


class Errands:
    """Counts what is settled, and fails as told."""

    def __init__(self) -> None:
        self.done: Counter[str] = Counter()
        self.failures: list[Exception] = []
        self.changed = asyncio.Condition()
        self.at_once = 0
        self.most_at_once = 0

    async def settle(self, conversation_id: str) -> float | None:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        await asyncio.sleep(0)
        self.at_once -= 1
        if self.failures:
            raise self.failures.pop()
        async with self.changed:
            self.done[conversation_id] += 1
            self.changed.notify_all()
        return None

    async def until(self, count: int) -> None:
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(lambda: self.done.total() >= count)


@pytest.fixture(autouse=True)
def _soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "RETRY_SECONDS", 0.0)


@pytest.fixture
async def shop() -> AsyncIterator[tuple[FakeWorkList, Errands, Alarm]]:
    work, errands, alarm = FakeWorkList(), Errands(), Alarm()
    worker = Worker(work, errands, alarm, Metrics())  # type: ignore[arg-type]
    worker.start()
    yield work, errands, alarm
    await worker.stop()


async def test_all_that_is_scheduled_is_settled(
    shop: tuple[FakeWorkList, Errands, Alarm],
) -> None:
    work, errands, alarm = shop
    for n in range(50):
        await work.schedule(f"c{n}")
    alarm.wake()
    await errands.until(50)
    assert set(errands.done.values()) == {1}
    assert errands.most_at_once <= module.CONCURRENCY


@pytest.mark.parametrize("failure", [Conflict("c1"), ValueError("a bug"), ConnectionError("gone")])
async def test_after_a_failure_a_conversation_comes_again(
    shop: tuple[FakeWorkList, Errands, Alarm], failure: Exception
) -> None:
    work, errands, alarm = shop
    errands.failures = [failure]
    await work.schedule("c1")
    alarm.wake()
    await errands.until(1)
    assert errands.done == {"c1": 1}


async def test_a_conversation_that_is_gone_is_let_go(
    shop: tuple[FakeWorkList, Errands, Alarm],
) -> None:
    work, errands, alarm = shop
    errands.failures = [not_found("conversation_not_found")]
    await work.schedule("gone")
    await work.schedule("c1")
    alarm.wake()
    await errands.until(1)
    assert errands.done.total() == 1
