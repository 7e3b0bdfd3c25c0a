"""Lengths as LINE counts them, and texts brought to length.

LINE counts the texts of messages in UTF-16 code units, but the labels and the display texts of
actions in grapheme clusters (https://developers.line.biz/en/docs/messaging-api/text-character-count/).
"""

from __future__ import annotations

import regex

_CLUSTER = regex.compile(r"\X")
# A sentence with its stop and the closing brackets after it, or a line, or what is left at the end.
_SENTENCE = regex.compile(r"[^\n。！？!?]*(?:[。！？!?]+[」』）)】]*\n*|\n+)|[^\n。！？!?]+$")
_ELLIPSIS = "…"


def utf16(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def clusters(text: str) -> list[str]:
    """The text's characters as people see them; an emoji of several code points is one."""
    found: list[str] = _CLUSTER.findall(text)
    return found


def label(text: str, limit: int) -> str:
    """The text in at most so many clusters, with an ellipsis in the place of what is cut."""
    seen = clusters(text)
    return text if len(seen) <= limit else "".join(seen[: limit - 1]) + _ELLIPSIS


def cut(text: str, limit: int) -> str:
    """The sentences that fit in so many UTF-16 units; a first one that is longer is cut itself."""
    if utf16(text) <= limit:
        return text
    whole = _filled(_SENTENCE.findall(text), limit).rstrip()
    return whole or _filled(clusters(text), limit - 1) + _ELLIPSIS


def split(text: str, limit: int) -> list[str]:
    """The text in pieces of at most so many UTF-16 units, ending with a sentence where that goes.

    Put together again the pieces are the text, nothing lost.
    """
    pieces: list[str] = []
    rest = text
    while utf16(rest) > limit:
        piece = (
            _filled(_SENTENCE.findall(rest), limit)
            or _filled(clusters(rest), limit)
            or _filled(list(rest), limit)  # a single cluster that is longer than a whole message
        )
        pieces.append(piece)
        rest = rest[len(piece) :]
    return [*pieces, rest] if rest else pieces


def _filled(parts: list[str], limit: int) -> str:
    """The first parts, as many as fit."""
    taken, length = [], 0
    for part in parts:
        length += utf16(part)
        if length > limit:
            break
        taken.append(part)
    return "".join(taken)
