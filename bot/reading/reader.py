"""Reads texts: the dictionary's words, with corrections and counted things put over them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sudachipy import Dictionary, SplitMode

from bot.reading.counters import Span, counted
from bot.reading.placing import KANJI, place, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sudachipy import Morpheme

    from bot.reading.corrections import Corrections
    from bot.reading.placing import Ruby, Segment

_FIGURES = re.compile(r"([0-9０-９A-Za-zＡ-Ｚａ-ｚ.,．，]+)")


class Reader:
    """Reads one text at a time; not to be used by two threads at once."""

    def __init__(self, corrections: Corrections) -> None:
        """Loads the dictionary, which takes a tenth of a second and 80 MB."""
        self._corrections = corrections
        self._tokenizer = Dictionary(dict="core").tokenizer(mode=SplitMode.C)

    def read(self, text: str) -> Ruby:
        """The text in segments; kanji that nothing knows a reading for get none."""
        segments: list[Segment] = []
        for line in text.splitlines(keepends=True):
            segments += self._line(line)
        return tidy(segments)

    def _line(self, line: str) -> Iterator[Segment]:
        """Fixed places, the words of the line beside them, and what they leave of a word."""
        words = self._words(line)
        fixed = self._fixed(line, {word.end for word in words})
        words = [word for word in words if not _overlaps(word, fixed)]
        end = 0
        for span in [*sorted([*fixed, *words]), Span(len(line), len(line), ())]:
            for rest in self._words(line[end : span.start]):
                yield from rest.segments
            yield from span.segments
            end = span.end

    def _fixed(self, line: str, ends: set[int]) -> list[Span]:
        """Corrections, and counted things where no longer word goes on; a correction wins."""
        corrected = list(self._corrections.find(line))
        counts = (span for span in counted(line) if span.end in ends)
        return [*corrected, *(span for span in counts if not _overlaps(span, corrected))]

    def _words(self, line: str) -> list[Span]:
        return [
            Span(m.begin(), m.end(), tuple(self._word(m))) for m in self._tokenizer.tokenize(line)
        ]

    def _word(self, word: Morpheme) -> Iterator[Segment]:
        """A word by its parts, if it is read as they are: so that readings stand close."""
        corrected = self._corrections.of_word(word.surface())
        if corrected:
            yield from corrected
            return
        parts = list(word.split(SplitMode.A))
        if "".join(part.reading_form() for part in parts) != word.reading_form():
            parts = [word]
        for part in parts:
            yield from place(part.surface(), part.reading_form()) or self._mixed(part.surface())

    def _mixed(self, word: str) -> Iterator[Segment]:
        """A word that cannot be read as one; of 5万, the figure stands apart."""
        pieces = _FIGURES.split(word)
        if len(pieces) == 1 or not KANJI.search(word):
            yield word, None
            return
        for piece in pieces:
            for one in self._words(piece):
                yield from one.segments


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)
