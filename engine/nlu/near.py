"""Finding a word in a text although some of its letters are wrong."""

from __future__ import annotations


def pairs(text: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return {text[at : at + 2] for at in range(len(text) - 1)}


def may_contain(text_pairs: set[str], word: str, errors: int) -> bool:
    """Whether enough of the word's pairs occur; each error spoils at most two of them.

    Cheap, and false for nearly all words, so that `find` runs for few.
    """
    known = sum(word[at : at + 2] in text_pairs for at in range(len(word) - 1))
    return known >= len(word) - 1 - 2 * errors


def find(text: str, word: str, errors: int) -> tuple[int, int] | None:
    """The place of the text that is nearest to the word, if it has at most so many errors.

    An error is a character too much, too few, or wrong (Sellers' algorithm: edit distance with
    a free start in the text). Of equally near places the first is taken.
    """
    # One column per character of the text; a cell is (errors so far, start in the text).
    column = [(row, 0) for row in range(len(word) + 1)]
    best: tuple[int, int, int] | None = None
    for at, character in enumerate(text):
        previous, column = column, [(0, at + 1)]
        for row, wanted in enumerate(word):
            cost, start = previous[row]
            column.append(
                min(
                    (cost + (wanted != character), start),
                    (previous[row + 1][0] + 1, previous[row + 1][1]),
                    (column[row][0] + 1, column[row][1]),
                )
            )
        cost, start = column[-1]
        if cost <= errors and (best is None or cost < best[0]):
            best = (cost, start, at + 1)
    return best and best[1:]
