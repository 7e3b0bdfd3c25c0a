"""Groups questions that are worded alike."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

GRAM = 2
ALIKE = 0.5
"""So much of the shorter and longer wording together must be common (Dice's coefficient)."""
_NO_WORD = re.compile(r"[\W_]+")
_POLITE = re.compile(
    r"(について)?(を|は)?(もっと|詳しく|くわしく)?"
    r"(教えて|おしえて|知りたい|聞きたい|お願いします|おねがいします)"
    r"(ください|下さい|くれますか|もらえますか|いただけますか|です|のですが)*$"
    r"|(なの|なん|の|ん)?(でしょうか|ですか|ますか|ですかね|だろうか)$"
)


@dataclass(frozen=True)
class Group:
    """Questions worded alike, as places in the list they came from; the first is the example."""

    members: tuple[int, ...]


def grouped(texts: Sequence[str]) -> list[Group]:
    """The texts in groups, the largest first; of equal ones that which came first."""
    grams = [_grams(text) for text in texts]
    groups: list[list[int]] = []
    by_gram: dict[Hashable, set[int]] = defaultdict(set)
    for place, mine in enumerate(grams):
        found = _nearest(mine, groups, grams, by_gram)
        if found is None:
            for gram in mine:
                by_gram[gram].add(len(groups))
            groups.append([place])
        else:
            groups[found].append(place)
    return [Group(tuple(members)) for members in sorted(groups, key=len, reverse=True)]


def normalised(text: str) -> str:
    """The text without what differs for no reason: width, case, marks, polite endings."""
    plain = _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())
    return _POLITE.sub("", plain) or plain


def _nearest(
    mine: frozenset[str],
    groups: list[list[int]],
    grams: list[frozenset[str]],
    by_gram: dict[Hashable, set[int]],
) -> int | None:
    """The group whose first member is most alike, if one is alike enough."""
    common = Counter(group for gram in mine for group in by_gram.get(gram, ()))
    best, score = None, ALIKE
    for group, shared in common.items():
        alike = 2 * shared / (len(mine) + len(grams[groups[group][0]]))
        if alike >= score and (alike > score or best is None):
            best, score = group, alike
    return best


def _grams(text: str) -> frozenset[str]:
    plain = normalised(text)
    if len(plain) <= GRAM:
        return frozenset({plain})
    return frozenset(plain[start : start + GRAM] for start in range(len(plain) - GRAM + 1))
