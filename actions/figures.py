"""「2030年までですよね？」: figures of the citizen's that differ from those of the stated facts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from actions.understanding import Understanding

Figure = tuple[str, str]
"""What kind of figure it is, and its value."""

_ERAS = {"令和": 2018, "平成": 1988}
_ERA_YEAR = re.compile(rf"({'|'.join(_ERAS)})(\d{{1,2}}|元)年")
_KINDS = {
    "year": re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)"),
    "month": re.compile(r"(?<!\d)(\d{1,2})月"),
    "round": re.compile(r"第(\d{1,2})回"),
    "organisations": re.compile(r"(?<!\d)(\d{1,4})(?:を超える|以上の?)?の?(?:社|団体|事業者|企業)"),
    "school": re.compile(r"(?!市立|市内|川崎)([一-龥ァ-ヶー]{1,5})小学校"),
}


def differing(u: Understanding, facts: Iterable[str]) -> tuple[str, ...]:
    """Figures of the text that the told facts contradict, as the citizen wrote them.

    Only where the facts have a figure of that kind: somebody who tells of 2003 is not corrected by
    a fact without a year. What belongs to the initiative's name is no figure.
    """
    text = plain(u.text)
    for mention in u.mentions:
        text = text.replace(plain(mention.text), " ", 1)
    told = {figure for fact in facts for figure, _ in _figures(plain(fact))}
    kinds = {kind for kind, _ in told}
    found = [(figure, written) for figure, written in _figures(text) if figure[0] in kinds]
    if any(figure in told for figure, _ in found):
        return ()
    return tuple(dict.fromkeys(written for _, written in found))


def _figures(text: str) -> Iterator[tuple[Figure, str]]:
    """The figures in a text, with how each is written."""
    for match in _ERA_YEAR.finditer(text):
        year = _ERAS[match[1]] + (1 if match[2] == "元" else int(match[2]))
        yield ("year", str(year)), match[0]
    for kind, pattern in _KINDS.items():
        for match in pattern.finditer(text):
            yield (kind, match[1]), match[0] + ("年" if kind == "year" else "")
