from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from bot.reading import readings as module
from bot.reading.corrections import Corrections
from bot.reading.readings import KEPT, Readings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reading.placing import Ruby


class CountingReader:
    made: list[CountingReader]

    def __init__(self, _: Corrections) -> None:
        self.read_texts: list[str] = []
        self.thread = threading.current_thread()
        self.made.append(self)

    def read(self, text: str) -> Ruby:
        assert threading.current_thread() is self.thread
        self.read_texts.append(text)
        return ((text, "じ"),)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[CountingReader]:
    CountingReader.made = []
    monkeypatch.setattr(module, "Reader", CountingReader)
    return CountingReader.made


@pytest.fixture
def readings() -> Iterator[Readings]:
    built = Readings(Corrections({}))
    yield built
    built.close()


async def test_no_dictionary_is_loaded_before_somebody_asks(
    made: list[CountingReader], readings: Readings
) -> None:
    assert await readings.of([]) == []
    assert not made
    await readings.of(["字"])
    await readings.of(["市"])
    assert len(made) == 1


async def test_texts_are_read_in_a_thread_of_their_own_and_come_in_order(
    made: list[CountingReader], readings: Readings
) -> None:
    assert await readings.of(["一", "二"]) == [(("一", "じ"),), (("二", "じ"),)]
    assert made[0].thread is not threading.current_thread()


async def test_a_text_is_read_once(made: list[CountingReader], readings: Readings) -> None:
    await readings.of(["字", "字"])
    await readings.of(["市", "字"])
    assert made[0].read_texts == ["字", "市"]


async def test_only_so_many_are_kept(made: list[CountingReader], readings: Readings) -> None:
    await readings.of(["字", *(str(number) for number in range(KEPT)), "字"])
    assert made[0].read_texts.count("字") == 2
