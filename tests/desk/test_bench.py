"""The desk's bench, small, every time: counts alone. The figures: `python -m bench.desk`."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bench.desk.lists import lists
from bench.desk.live import Size, live
from bench.desk.stored import store
from bench.line.stand import standing

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_every_message_is_on_every_desk_and_every_page_of_the_lists(tmp_path: Path) -> None:
    with standing(tmp_path) as stand:
        asyncio.run(store(stand.redis_url, 150))
        found = asyncio.run(live(stand, Size(citizens=10, operators=3, rate=10, seconds=5)))
        read = asyncio.run(lists(stand, 2))
    assert found["messages"] == found["on_every_desk"] == 50
    assert found["ms_to_open_conversation"]["count"] == 15  # each desk has one of ten open
    assert read["told_page_by_page"] == 160
