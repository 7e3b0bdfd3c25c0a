"""A text of one letter or word over and over is answered, not pondered for hours."""

from __future__ import annotations

from typing import Any

import pytest

from actions import decide
from actions.short_names import recognised
from bot.conversation.danger import help_needed
from tests.actions.city import KNOWLEDGE, SAY, about, heard

LONGEST = 2_000
"""Characters; the gateway takes no more."""
ACTIONS = (
    *(decide.ask, decide.out_of_scope, decide.smalltalk, decide.opinion, decide.repair),
    *(decide.choose, decide.affirm, decide.deny, decide.personal_data, decide.line_info),
)


@pytest.mark.parametrize("named", ["", "town=町内会"])
@pytest.mark.parametrize(
    "part",
    [
        *(
            "市",
            "カ",
            "a",
            "1",
            "ー・",
            "第3期",
            "横浜市",
            "のほう",
            "さっきの",
            "町内会の",
            "なんとか",
        ),
        *("あなたは", "東京都が", "い・つ・", "、", " ", "?", "教えて", "ですか", "三年前に"),
    ],
)
def test_every_text_is_decided(part: str, named: str) -> None:
    text = (part * LONGEST)[:LONGEST]
    understood: dict[str, Any] = {"topics": {None: 0.9}, "facets": {"schedule": 0.6}}
    u = heard(text, named=named, slots=about("giga"), **understood)
    found = recognised(u, KNOWLEDGE)
    assert all(action(found, SAY).replies for action in ACTIONS)
    assert help_needed(text) is None
