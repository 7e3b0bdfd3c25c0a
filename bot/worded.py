"""Our own texts, some of which have a form in plain Japanese (やさしい日本語) beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Self


class Worded(str):
    """A text of ours; for whoever does not ask for its plain form it is the text and no more."""

    __slots__ = ("easy",)
    easy: str | None

    def __new__(cls, text: str, easy: str | None = None) -> Self:
        """Takes the text and, if there is one, its plain form."""
        worded = super().__new__(cls, text)
        worded.easy = easy
        return worded

    @classmethod
    def joined(cls, separator: str, texts: Iterable[str]) -> Self:
        """Texts one after the other; without a plain form, if one of ours among them has none."""
        texts = list(texts)
        easies = [plain_form(text) for text in texts]
        easy = separator.join(easy for easy in easies if easy is not None)
        return cls(separator.join(texts), None if None in easies else easy)


def plain_form(text: str) -> str | None:
    """The plain form of a text of ours; numbers, names and what people wrote are their own."""
    return text.easy if isinstance(text, Worded) else text
