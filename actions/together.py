"""「両方とも」, 「前者」, 「それぞれ」: of two initiatives that were answered side by side."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import plain

if TYPE_CHECKING:
    from actions.understanding import Understanding

_EACH = re.compile(
    r"両方|りょうほう|両者|両取組|どっちも|どちらも|それぞれ|(二つ|ふたつ|2つ)(?!目|め)"
    r"|比べ|くらべ|比較|並べて|違い|ちがい"
)
_ONE = r"(の|に(言|い)った|に聞いた)(ほう|方|やつ|もの)"
_COUNTED = r"[つ個こ](目|め)"
_FORMER = re.compile(
    rf"前者|([一1]|ひと){_COUNTED}|(先|最初|さき)に.{{1,4}}(ほう|方)|(先|最初|初め|はじめ|前){_ONE}"
)
_LATTER = re.compile(
    rf"後者|([二2]|ふた){_COUNTED}|(後|あと)に.{{1,4}}(ほう|方)|(後|あと|最後|後ろ|うしろ){_ONE}"
)
_COMPARES = re.compile(
    r"どっち|どちら|同じ|おなじ|一緒(なの|です|か|[?。]|$)|共通|似て"
    r"|^[^。]{0,6}(先|早|遅|はや|おそ)[^。]{0,10}のは[?。]?$"
)


def meant_of_several(u: Understanding) -> tuple[str, ...]:
    """Those of the initiatives answered side by side that the text points to; or none."""
    if not u.together or u.mentions:
        return ()
    text = re.sub(r"\s", "", plain(u.text))
    former, latter = _FORMER.search(text), _LATTER.search(text)
    if _EACH.search(text) or (former and latter):
        return u.together
    if latter:
        return u.together[-1:]
    if former:
        return u.together[:1]
    return u.together if _COMPARES.search(text) else ()
