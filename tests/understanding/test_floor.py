"""The bot understands the development sets at least as well as it once did (docs/understanding)."""

from __future__ import annotations

import pytest

from bench.understanding.asking import ask_all
from bench.understanding.counting import figures, judge
from bench.understanding.served import served
from bench.understanding.sets import read_sets

FLOORS = {"single": 0.95, "dialogue": 0.94, "trap": 0.96}
"""About two points below what `make eval` measured last; to be raised with it."""

EVERY = 3
"""Each third case is asked, for `make test` has to end in time; `make eval` asks all."""


@pytest.mark.slow
async def test_the_bot_understands_as_well_as_before() -> None:
    cases = read_sets()[::EVERY]
    with served() as url:
        found = figures(judge(cases, await ask_all(url, cases)))["accuracy"]
    shares = {kind: right / of for kind, (right, of) in found.items()}
    assert set(shares) == set(FLOORS)
    too_low = {kind: share for kind, share in shares.items() if share < FLOORS[kind]}
    assert not too_low, f"below {FLOORS}; `make eval` lists what was missed"
