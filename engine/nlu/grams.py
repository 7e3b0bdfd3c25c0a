"""A writing as counted grams: stretches of its characters and reading, its words, their senses.

A gram is a number, so that counting and looking up are numpy's work, and no head keeps hundreds
of thousands of strings. Three characters fit into 63 bits, hence no two stretches are the same
number; an odd factor a kind, modulo 2**64, keeps the kinds apart.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from spacy.strings import hash_string

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray


class Writing(TypedDict):
    """A message as it is counted."""

    text: str
    """Normalised."""
    reading: str
    """In katakana."""
    words: tuple[str, ...]
    """Without their inflection."""
    senses: tuple[str, ...]
    """What the words and others of nearly their meaning stand for (engine.nlu.senses)."""


@dataclass(frozen=True)
class Grams:
    """What is in a writing, and how often."""

    ids: NDArray[np.uint64]
    """Ascending, each once."""
    counts: NDArray[np.float32]

    def fingerprint(self) -> str:
        """For Rasa, which else would print the arrays to tell them apart."""
        return f"{hash(self.ids.tobytes())} {hash(self.counts.tobytes())}"


_END = 20
"""Characters."""
_BITS = 21
"""Of a character: Unicode ends at 0x10FFFF."""
_TEXT, _LAST, _READING = (
    np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)
)


def count(writing: Writing) -> Grams:
    """Counts the grams.

    What stands at the end counts twice: however long the story, the question mostly comes last.
    """
    text, words = _codes(writing["text"]), writing["words"]
    ids = [
        *_stretches(text, (1, 2, 3), _TEXT),
        *_stretches(text[-_END:], (1, 2, 3), _LAST),
        *_stretches(_codes(writing["reading"]), (2, 3), _READING),
        _named("w ", words),
        _named("p ", map(" ".join, pairwise(words))),
        _named("g ", map(" … ".join, zip(words, words[2:]))),  # noqa: B905 - the second is shorter
        _named("s ", writing["senses"]),
    ]
    found, counts = np.unique(np.concatenate(ids), return_counts=True)
    return Grams(found, counts.astype(np.float32))


def _codes(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)


def _stretches(
    codes: NDArray[np.uint64], lengths: tuple[int, ...], kind: np.uint64
) -> list[NDArray[np.uint64]]:
    found, stretch = [], codes
    for length in range(1, lengths[-1] + 1):
        if length > 1:
            stretch = (stretch[:-1] << np.uint64(_BITS)) | codes[length - 1 :]
        if length in lengths:
            found.append(stretch * kind)
    return found


def _named(kind: str, grams: Iterable[str]) -> NDArray[np.uint64]:
    return np.fromiter((hash_string(kind + gram) for gram in grams), np.uint64)
