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
        """Fixed places, and the words of the line beside them."""
        words = self._words(line)
        fixed = self._fixed(line, words)
        beside = (word for word in words if not _overlaps(word, fixed))
        for span in sorted([*fixed, *beside]):
            yield from span.segments

    def _fixed(self, line: str, words: list[Span]) -> list[Span]:
        """Corrections and counted things that end where words end, the longest first.

        So none reaches into a longer word: 私 is わたし, but 私立 stays しりつ.
        """
        starts, ends = {word.start for word in words}, {word.end for word in words}
        found: list[Span] = []
        for span in sorted([*self._corrections.find(line), *counted(line)], key=_length):
            whole = span.start in starts and span.end in ends
            if whole and not _overlaps(span, found):
                found.append(span)
        return found

    def _words(self, line: str) -> list[Span]:
        """The dictionary's words, one after the other."""
        found: list[Span] = []
        for word in self._tokenizer.tokenize(line):
            found += self._apart(word) or [Span(word.begin(), word.end(), _segments(word))]
        return found

    def _apart(self, word: Morpheme) -> list[Span]:
        """The pieces of a word of figures and kanji, whose reading cannot be placed: 5万."""
        pieces = _FIGURES.split(word.surface())
        if len(pieces) == 1 or not KANJI.search(word.surface()):
            return []
        found: list[Span] = []
        start = word.begin()
        for piece in pieces:
            found += (one.moved(start) for one in self._words(piece))
            start += len(piece)
        return found


def _segments(word: Morpheme) -> Ruby:
    """A word by its parts, if it is read as they are: so that readings stand close."""
    parts = list(word.split(SplitMode.A))
    if "".join(part.reading_form() for part in parts) != word.reading_form():
        parts = [word]
    found: list[Segment] = []
    for part in parts:
        found += place(part.surface(), part.reading_form()) or ((part.surface(), None),)
    return tuple(found)


def _length(span: Span) -> int:
    """For sorting: the longest first."""
    return span.start - span.end


def _overlaps(span: Span, others: list[Span]) -> bool:
    return any(one.start < span.end and span.start < one.end for one in others)
