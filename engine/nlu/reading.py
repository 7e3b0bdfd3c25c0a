"""A text's katakana reading, which carries hiragana-only writing and wrong conversions."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import spacy

from engine.text import katakana

if TYPE_CHECKING:
    from collections.abc import Iterable

    from spacy.language import Language

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
    """The words of a normalised text, without spaces."""
    return [
        Token(word.text, word.idx, word.idx + len(word.text), _reading(word), _content(word))
        for word in load_ginza().make_doc(text)
        if not word.is_space
    ]


def _content(word: spacy.tokens.Token) -> str:
    return word.norm_ if _CONTENT.match(word.tag_) and not word.text.isdecimal() else ""


def _reading(word: spacy.tokens.Token) -> str:
    written = katakana(word.text)
    if _KANA_ONLY.fullmatch(written):
        return written
    return katakana("".join(word.morph.get("Reading")) or word.text)
