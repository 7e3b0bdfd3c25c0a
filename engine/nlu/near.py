"""Finding a word in a text although some of its letters are wrong."""

from __future__ import annotations


def pairs(text: str) -> frozenset[str]:
    """The pairs of neighbouring characters."""
    return frozenset(text[at : at + 2] for at in range(len(text) - 1))


class Pattern:
    """A word that may be written with at most so many errors.

    An error is a character too much, too few, or wrong.
    """

    def __init__(self, word: str, errors: int) -> None:
        """Takes the word; each error spoils at most two of its pairs."""
        self._word = word
        self._errors = errors
        self._pairs = pairs(word)
        self._needed = len(self._pairs) - 2 * errors

    def may_be_in(self, text_pairs: frozenset[str]) -> bool:
        """Whether enough of the word's pairs occur; cheap, and false for nearly all words."""
        return len(self._pairs & text_pairs) >= self._needed

    def find(self, text: str) -> tuple[int, int, int] | None:
        """The place (start, end, errors) that is nearest to the word; of several the first.

        Of equally near ones with the same beginning it is the longest, so that a wrong last
        letter belongs to it.

        Sellers' algorithm: edit distance with a free start in the text. One column a character
        of the text; a cell is (errors so far, where it starts in the text).
        """
        column = [(row, 0) for row in range(len(self._word) + 1)]
        best: tuple[int, int, int] | None = None
        for at, character in enumerate(text):
            column = self._next(column, at, character)
            errors, start = column[-1]
            if errors > self._errors:
                continue
            if best is None or errors < best[0] or (errors, start) == best[:2]:
                best = (errors, start, at + 1)
        return best and (best[1], best[2], best[0])

    def _next(
        self, previous: list[tuple[int, int]], at: int, character: str
    ) -> list[tuple[int, int]]:
        above = (0, at + 1)
        column = [above]
        for row, wanted in enumerate(self._word):
            errors, start = previous[row]
            above = min(
                (errors + (wanted != character), start),
                (previous[row + 1][0] + 1, previous[row + 1][1]),
                (above[0] + 1, above[1]),
            )
            column.append(above)
        return column
