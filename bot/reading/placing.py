"""A word and its reading in kana → which reading stands over which of its kanji."""

from __future__ import annotations

import re
from functools import lru_cache

Segment = tuple[str, str | None]
"""A piece of text and its reading in hiragana; None if it needs none."""
Ruby = tuple[Segment, ...]
"""Segments whose texts, joined, are the text that was read."""

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々"
KANJI = re.compile(f"[{_HAN}]")
# ヶ between kanji (茅ヶ崎, 一ヶ月) is read together with them.
_RUN = re.compile(rf"[{_HAN}]+(?:[ヶケ][{_HAN}]+)*")
_KATAKANA = re.compile("[ァ-ヶ]")
_KANA = re.compile("[ぁ-ゖー]+")
_TO_HIRAGANA = ord("ァ") - ord("ぁ")


def hiragana(kana: str) -> str:
    """Katakana as hiragana; everything else stays."""
    return _KATAKANA.sub(lambda one: chr(ord(one[0]) - _TO_HIRAGANA), kana)


def is_hiragana(text: str) -> bool:
    """Whether a text can stand as a reading."""
    return _KANA.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def place(word: str, reading: str) -> Ruby | None:
    """The word's segments, with readings over its kanji alone: 取[と]り組[く]み.

    None if there is no kanji to read, if something is neither kanji nor kana (figures, letters:
    nobody knows where their reading ends), or if the reading does not fit the word's own kana.
    """
    read = hiragana(reading)
    if not KANJI.search(word) or not is_hiragana(read) or not is_hiragana(_without_kanji(word)):
        return None
    # Each kanji has one kana at least, in all but a few words such as 百舌鳥 (もず).
    found = re.fullmatch(_pattern(word, each=True), read) or re.fullmatch(_pattern(word), read)
    if found is None:
        return None
    return tuple(
        (piece, kana if KANJI.search(piece) else None)
        for piece, kana in zip(_pieces(word), found.groups(), strict=True)
    )


def _pieces(word: str) -> list[str]:
    """The word cut before and after each run of kanji."""
    pieces, end = [], 0
    for run in _RUN.finditer(word):
        pieces += [word[end : run.start()], run[0]]
        end = run.end()
    return [piece for piece in [*pieces, word[end:]] if piece]


def _pattern(word: str, *, each: bool = False) -> str:
    """What the readings of the word look like, one group a piece."""
    return "".join(f"({_of_piece(piece, each=each)})" for piece in _pieces(word))


def _of_piece(piece: str, *, each: bool) -> str:
    if KANJI.search(piece):
        return f".{{{len(piece) if each else 1},}}?"
    return re.escape(hiragana(piece))


def _without_kanji(word: str) -> str:
    return hiragana(_RUN.sub("", word)) or "ー"


def tidy(segments: list[Segment]) -> Ruby:
    """The same segments without empty ones, neighbours without reading joined."""
    found: list[Segment] = []
    for text, reading in segments:
        if text and reading is None and found and found[-1][1] is None:
            found[-1] = (found[-1][0] + text, None)
        elif text:
            found.append((text, reading))
    return tuple(found)
