"""Whatever is said, LINE takes it, and nothing of it is lost."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line import flex
from bot.channels.line.render import render
from bot.conversation.model import Message, Outcome, Role
from tests.channels.line.laws import actions, check, words
from tests.channels.line.said import WORDING

PIECES = st.sampled_from(
    [
        "短い文です。",
        "少し長い文になります！",
        "👨‍👩‍👧",
        "𠮷",
        "\n",
        "（注）",
        "【題：観点】\n",
        "電話：044-200-3939",
        "a ",
    ]
)
TEXTS = st.lists(PIECES, min_size=1, max_size=40).map("".join)
LONG = st.integers(1, 900).map(lambda count: "ちょうど十文字の文。" * count)
LABELS = st.sampled_from(
    [
        "概要",
        "目的",
        "これまでの成果",
        "職員と話す",
        "かわさきカーボンゼロチャレンジ2050",
        "👨‍👩‍👧" * 25,
    ]
)
SOURCES = st.builds(
    lambda paragraph: {"title": "題", "section": "節", "paragraph": paragraph}, st.integers(1, 18)
)


@st.composite
def messages(draw: st.DrawFn) -> Message:
    labels = draw(st.lists(LABELS, max_size=16))
    role = draw(st.sampled_from([Role.BOT, Role.BOT, Role.OPERATOR, Role.SYSTEM]))
    return Message(
        id=f"{draw(st.integers(1, 10**14))}-0",
        at="2021-04-01T12:00:00.000+09:00",
        role=role,
        text=draw(TEXTS | LONG),
        outcome=draw(st.none() | st.sampled_from(Outcome)),
        sources=tuple(draw(st.lists(SOURCES, max_size=4))),
        choices=tuple({"label": one, "choice": f"c{at}"} for at, one in enumerate(labels)),
        final=draw(st.booleans()),
        author="佐藤" if role is Role.OPERATOR else None,
    )


def plain(text: str) -> str:
    """A text without what a bubble shows by its look alone."""
    return re.sub(r"[\s【】：]", "", text)


@given(st.lists(messages(), min_size=1, max_size=7))
def test_line_takes_every_turn(turn: list[Message]) -> None:
    shown = render(turn, WORDING)
    if any(one.text.strip() for one in turn):
        check(shown)
    else:
        assert shown == []


@given(st.lists(messages(), min_size=1, max_size=7))
def test_no_word_of_a_turn_is_lost(turn: list[Message]) -> None:
    sent = [one.to_dict() for one in render(turn, WORDING)]
    told = plain("".join(map(words, sent)))
    fits = sum(len(one.text) for one in turn) < 20_000
    assert not fits or all(plain(one.text) in told for one in turn)


@given(messages())
def test_no_choice_of_a_message_is_lost(said: Message) -> None:
    offered = {choice["label"] for choice in said.choices}
    sent = [one.to_dict() for one in render([said], WORDING)]
    tapped = {action.get("displayText") for action in actions(sent)}
    assert not said.text.strip() or offered <= tapped


def _luminance(color: str) -> float:
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(part * c for part, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        (flex.INK, "#ffffff"),
        (flex.SOFT, "#ffffff"),
        (flex.BRAND, "#ffffff"),
        ("#111111", flex.TINT),
        (flex.ON_BRAND, flex.BRAND),
        (flex.ON_BRAND_SOFT, flex.BRAND),
        ("#ffffff", flex.DANGER),
    ],
)
def test_words_stand_out_from_what_lies_behind_them(ink: str, ground: str) -> None:
    light, dark = sorted((_luminance(ink), _luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5
