"""The real dictionary and the real corrections, over all that the bot can say and more."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge.loader import load_knowledge
from bot.knowledge.schema import SOURCE_SECTION, SOURCE_TITLE
from bot.reading.corrections import load_corrections
from bot.reading.placing import KANJI, is_hiragana
from bot.reading.reader import Reader
from bot.wording import load_call_line, load_wording
from tests.reading.annotated import annotated, bare

READER = Reader(load_corrections())
KNOWLEDGE = load_knowledge()
WORDING = load_wording()
GOLDEN = [
    line
    for line in (Path(__file__).parent / "golden.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]
FACTS = [
    text
    for one in KNOWLEDGE.initiatives.values()
    for facts in one.facets.values()
    for fact in facts
    for text in (fact.fact, fact.easy or "")
]
NAMES = list(KNOWLEDGE.names.values())
DESCRIPTIONS = [text for one in KNOWLEDGE.initiatives.values() for text in one.descriptions]
REPLIES = [WORDING[key] for key in WORDING.places] + list(WORDING.easy.values())
OTHERS = [SOURCE_TITLE, SOURCE_SECTION, load_call_line().source, load_call_line().as_of_in_words]
EVERYTHING = [*FACTS, *NAMES, *DESCRIPTIONS, *REPLIES, *OTHERS]


def test_the_golden_list_is_long_enough_and_has_no_line_twice() -> None:
    assert len(GOLDEN) == len(set(GOLDEN)) > 240


@pytest.mark.parametrize("line", GOLDEN)
def test_hard_words_are_read_as_people_read_them(line: str) -> None:
    assert annotated(READER.read(bare(line))) == line


@pytest.mark.parametrize("text", EVERYTHING)
def test_every_kanji_of_ours_has_a_reading_and_nothing_else_has(text: str) -> None:
    ruby = READER.read(text)
    assert "".join(piece for piece, _ in ruby) == text
    for piece, reading in ruby:
        assert bool(KANJI.search(piece)) == (reading is not None), piece
        assert reading is None or is_hiragana(reading), reading


@pytest.mark.parametrize("text", EVERYTHING)
def test_a_reading_covers_kanji_alone_or_a_figure_that_is_one_word_with_its_counter(
    text: str,
) -> None:
    for piece, reading in READER.read(text):
        if reading:
            others = KANJI.sub("", piece)
            assert not others or others in "12", piece


@given(st.text())
def test_any_text_comes_back_whole(text: str) -> None:
    assert "".join(piece for piece, _ in READER.read(text)) == text


@given(st.text(st.sampled_from("一人日本3１0年月、。市の私 　\nはAＢ々ヶ崎𠮷👍゙ー"), max_size=40))
def test_no_order_of_kanji_figures_and_kana_breaks_a_text(text: str) -> None:
    ruby = READER.read(text)
    assert "".join(piece for piece, _ in ruby) == text
    assert all(piece for piece, _ in ruby)


def test_kanji_that_nothing_knows_get_no_reading() -> None:
    assert READER.read("𠮷𡈽") == (("𠮷𡈽", None),)


def test_lines_stay_lines() -> None:
    assert annotated(READER.read("市\n川崎市\n")) == "市[し]\n川崎[かわさき]市[し]\n"
