"""Real processes, a stand-in for LINE in bad weather, and a killed gateway: small, every time.

The full storm and the figures: `python -m bench.line` (docs/line.md).
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bench.line import pace
from bench.line.stand import standing
from bench.line.storm import Size, storm

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow


def test_each_event_is_answered_exactly_once_and_in_order(tmp_path: Path) -> None:
    with standing(tmp_path) as stand:
        size = Size(webhooks=500, citizens=25, rate=30, kills=1, served=3, outage=0)
        result = asyncio.run(storm(stand, size))
    assert result.verdict.good, result.verdict.shown()
    assert result.verdict.questions > 300
    assert result.figures["failures_on_command"] > 10
    assert result.figures["webhooks_sent"] > result.figures["webhooks_answered_200"] >= 500


def test_each_webhook_of_a_steady_stream_gets_its_200(tmp_path: Path) -> None:
    with standing(tmp_path) as stand:
        found = asyncio.run(pace.pace(stand, 50, 4))
    assert found["webhooks"] == found["answered_200"] == 200
    assert found["messages_on_phones"] == pace.CITIZENS + pace.WARM_UP + 200
