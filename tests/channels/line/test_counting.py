from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.line.counting import clusters, cut, label, split, utf16
from bot.channels.line.render import render
from tests.channels.line.laws import check
from tests.channels.line.said import WORDING, choices, message

FAMILY = "👨‍👩‍👧"
FLAG = "🇯🇵"
HAND = "👋🏻"
KANJI = "𠮷"
PIECES = st.sampled_from(
    [
        FAMILY,
        FLAG,
        HAND,
        KANJI,
        "か\u3099",
        "。",
        "！？",
        "」",
        "\n",
        "\r\n",
        " ",
        "あ",
        "a.",
        "\ud800",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=3), max_size=60).map("".join)


@pytest.mark.parametrize(
    ("text", "units", "seen"),
    [
        ("", 0, 0),
        ("あ", 1, 1),
        ("🍎", 2, 1),
        (KANJI, 2, 1),
        (HAND, 4, 1),
        (FLAG, 4, 1),
        (FAMILY, 8, 1),
    ],
)
def test_lengths_are_counted_as_line_counts_them(text: str, units: int, seen: int) -> None:
    assert utf16(text) == units
    assert len(clusters(text)) == seen


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("あいう", 3, "あいう"),
        ("あいうえ", 3, "あい…"),
        (FAMILY * 3, 3, FAMILY * 3),
        (FAMILY * 4, 3, FAMILY * 2 + "…"),
    ],
)
def test_a_label_is_shortened_between_characters(text: str, limit: int, expected: str) -> None:
    assert label(text, limit) == expected


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        ("一つ。二つ。", 6, "一つ。二つ。"),
        ("一つ。二つ。", 5, "一つ。"),
        ("「一つ。」二つ。", 6, "「一つ。」"),
        ("一行\n二行\n", 5, "一行"),
        ("長い一つの文", 4, "長い一…"),
        (FAMILY * 2, 10, FAMILY + "…"),
    ],
)
def test_a_text_is_cut_at_the_end_of_a_sentence(text: str, limit: int, expected: str) -> None:
    assert cut(text, limit) == expected


@given(TEXTS, st.integers(2, 40))
def test_splitting_loses_nothing_and_keeps_the_limit(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < utf16(piece) <= limit for piece in pieces)


@given(st.lists(st.sampled_from(["短い文。", "少し長い文です。", "え！", "一行\n"]), max_size=30))
def test_pieces_end_with_a_sentence_if_sentences_are_short_enough(sentences: list[str]) -> None:
    assert all(piece.endswith(("。", "！", "\n")) for piece in split("".join(sentences), 12))


@given(TEXTS, st.integers(2, 40))
def test_a_cut_text_keeps_the_limit_and_its_beginning(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert utf16(short) <= limit
    assert text.startswith(short.removesuffix("…"))
    assert short == text or bool(short)


@given(TEXTS, st.integers(2, 20))
def test_a_label_keeps_the_limit(text: str, limit: int) -> None:
    assert len(clusters(label(text, limit))) <= limit


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=300))
def test_whatever_a_citizen_or_operator_may_write_can_be_sent(text: str) -> None:
    if text.strip():
        check(render([message(text, choices=choices(text[:20] or "a"))], WORDING))
