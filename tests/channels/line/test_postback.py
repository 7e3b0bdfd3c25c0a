from __future__ import annotations

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line.postback import Action, Choice, Feedback, Menu, MenuKind, Survey, read, write


@pytest.mark.parametrize(
    "action",
    [
        Choice(secrets.token_urlsafe(32)),
        Choice("x" * 200),
        Feedback("1617246000000-0", helpful=True),
        Feedback("999999999999999-999999999999999", helpful=False),
        Survey(helpful=True),
        Survey(helpful=False),
        *map(Menu, MenuKind),
    ],
)
def test_what_is_written_is_read_again_and_fits(action: Action) -> None:
    assert read(write(action)) == action
    assert len(write(action)) <= 300


@pytest.mark.parametrize(
    "data",
    [
        "",
        "1",
        "1:",
        "1:c",
        "1:c:",
        "1:c:あ",
        "1:c:a:b",
        "1:c:" + "x" * 201,
        "2:c:abc",
        "1:f:1617246000000-0",
        "1:f:1617246000000-0:2",
        "1:f:1617246000000:1",
        "1:f:１-0:1",
        "1:m:everything",
        "1:s:2",
        "1:s:1:1",
        "1:x:abc",
        '{"intent": "handoff"}',
        "/handoff",
        "c:abc",
        "\x00",
        "1:m:ask" + " " * 300,
    ],
)
def test_anything_odd_is_nothing(data: str) -> None:
    assert read(data) is None


@given(st.text() | st.from_regex(r"1:[cfms]:.*", fullmatch=True))
def test_reading_never_fails_and_only_knows_what_it_would_write(data: str) -> None:
    action = read(data)
    assert action is None or write(action) == data
