"""A text's katakana reading, which carries hiragana-only writing and wrong conversions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import spacy

from engine.text import katakana

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language
    from sudachipy import Morpheme

# Only the tokenizer is used. The other parts cost 20 ms a message, and the vectors ("vocab")
# 200 MB; neither helped (shared/design.md, "What was measured beforehand").
_UNUSED = (
    "attribute_ruler",
    "bunsetu_recognizer",
    "compound_splitter",
    "morphologizer",
    "ner",
    "parser",
    "tok2vec",
    "vocab",
)
_CONTENT = re.compile(r"名詞-(普通名詞|固有名詞)|動詞-一般|形容詞-一般|形状詞-一般")
_NO_READING = re.compile("[=|]")
"""Signs that are their own reading; as spaCy writes them, and so as the model knows them."""
_WORD = re.compile(r"\w")
_KANA_ONLY = re.compile(r"[ァ-ヺー]+")


@dataclass(frozen=True)
class Token:
    """A word of the text, from `start` to `end`, with its reading.

    `content` is its normal form if it is a noun, verb or adjective that says something, else "".
    """

    text: str
    start: int
    end: int
    reading: str
    content: str = ""

    @property
    def said(self) -> str:
        """The word without its inflection, if it says something; as it is written, if not."""
        return self.content or self.text


@dataclass(frozen=True)
class Reading:
    """A katakana reading; `spans` has, for each of its characters, where in the text it is from.

    A character of a word written in kana comes from one place; those of any other word come all
    from the whole word.
    """

    text: str
    spans: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Reading:
        """Puts a reading together from a text's words."""
        text, spans = "", []
        for token in tokens:
            text += token.reading
            if len(token.reading) == len(token.text):
                spans += [(at, at + 1) for at in range(token.start, token.end)]
            else:
                spans += [(token.start, token.end)] * len(token.reading)
        return cls(text, tuple(spans))


@lru_cache(maxsize=1)
def load_ginza() -> Language:
    """Loads the dictionary, once; it takes a second."""
    return spacy.load("ja_ginza", exclude=_UNUSED)


def tokenise(text: str) -> list[Token]:
    """The words of a normalised text, without spaces.

    From the tokenizer within GiNZA's, for spaCy makes far more of them than is looked at here:
    that took two thirds of the time.
    """
    morphemes = load_ginza().tokenizer.tokenizer.tokenize(text)
    words = ((morpheme.surface(), morpheme) for morpheme in morphemes)
    return [
        Token(word, at.begin(), at.end(), _reading(word, at), _content(word, at))
        for word, at in words
        if word and not word.isspace()
    ]


def _content(word: str, morpheme: Morpheme) -> str:
    says = _says(morpheme.part_of_speech()) and _WORD.search(word) and not word.isdecimal()
    return morpheme.normalized_form() if says else ""


@cache
def _says(part_of_speech: tuple[str, ...]) -> bool:
    """Whether words of a kind say something; there are some hundred kinds."""
    return bool(_CONTENT.match("-".join(part for part in part_of_speech[:4] if part != "*")))


def _reading(word: str, morpheme: Morpheme) -> str:
    written = katakana(word)
    if _KANA_ONLY.fullmatch(written):
        return written
    return katakana(_NO_READING.sub("_", morpheme.reading_form()).replace(",", "") or word)
