"""Marks by which a question is known again in its answer: no digits, which might be personal."""

from __future__ import annotations

import re

_LETTERS = "アイウエオカキクケコ"
_MARK = re.compile(f"〔[{_LETTERS}]+〕")
TWICE = "二回"
"""A question with this word is answered in two messages."""
PERSON = "人と話したい"
"""A question with these words asks for a person."""
CONTINUED = "続きです。"
"""The second message."""
BUBBLE = "詳しく"
"""A question with this word is answered as a bubble."""


def mark(number: int) -> str:
    """The mark of a number."""
    return "〔" + "".join(_LETTERS[int(digit)] for digit in str(number)) + "〕"


def repeated(words: str) -> str:
    """How the engine's answer to a question without a mark begins."""
    return f"「{words}」"


def found_in(text: str) -> list[str]:
    """All marks in a text, each once, in their order."""
    return list(dict.fromkeys(_MARK.findall(text)))
