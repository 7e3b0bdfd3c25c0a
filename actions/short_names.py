"""「グリーンのほう」, 「認証するやつ」: a piece of a name, which the talk so far makes clear.

What is recognised here counts as a name in the text from then on.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from actions.context import clear, in_foreground, is_rejected, plain
from actions.thresholds import CANDIDATE, FOREIGN_SURE
from actions.understanding import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable

    from actions.understanding import Understanding
    from bot.knowledge.loader import Knowledge
    from bot.knowledge.schema import Initiative

# Possessive, and from the beginning of a run on: a run that could be cut in many ways, and is no
# piece in any, would take longer than anybody waits.
_RUN = r"(?:第?[0-9]++期|[一-龥々]++|[ァ-ヶー]++|[a-z]++)"
_PIECE = rf"(?<![一-龥々ァ-ヶーa-z0-9・])({_RUN}(?:・?{_RUN})*+)"
_CONTRASTED = re.compile(
    rf"{_PIECE}(?:なんとか|何とか|なんたら|なんちゃら)?(?:する|した|っていう|という|って|な)?の?(?:ほう|方(?![法針々向面])|やつ|話|件|それ)"
)
_SOMEHOW = re.compile(rf"{_PIECE}(?:なんとか|何とか|なんたら|なんちゃら)")
_NEXT = re.compile(rf"(?:^|[。、!?\s])(?:じゃあ?|では|で|なら|それなら|あと|ちなみに)、?{_PIECE}は")
_RETURNED = re.compile(
    rf"(?:さっき|先ほど|さきほど|最初|はじめ|初め|前)の{_PIECE}|{_PIECE}に(?:話を)?(?:戻|もど)[っりる]"
)
_ALONE = re.compile(
    rf"(?:じゃあ?|では|で|なら|それなら|あと|ちなみに|あ)?[、\s]*{_PIECE}"
    r"(?:は|だと|なら|も|です|だよ|のことです)[?。!\s]*"
)
_CONTRAST = re.compile(r"ほう|方(?![法針々向面])|片[方っ]|かたっぽ|一方|もう(一|ひと)つ")
_OTHER = re.compile(
    r"(もう|残りの|別の)[、\s]*(片方|片っぽ|かたっぽ|片一方|一方|(一|ひと)つ|(一|ひと)り)|反対の(ほう|方)"
)
_TERM = re.compile(r"第[0-9]+期")
_MIN = 2
_TURNED_DOWN = re.compile(r"(では?|じゃ)な[いくか]")
_ASKED_FOR = {"目標", "支援策"}
"""In names, too, but mostly what is asked for."""
_COMMON = 3
"""A piece in the names of more initiatives than this says nothing: かわさき."""


def recognised(u: Understanding, knowledge: Knowledge) -> Understanding:
    """The same with what a piece of a name, or 「もう片方」, means in this talk."""
    if not (u.initiative or u.offer) or any(not is_rejected(m, u) for m in u.mentions):
        return u
    text = plain(u.text)
    for mention in u.mentions:  # turned down: what is meant comes after it
        text = text.partition(plain(mention.text))[2]
    for piece in _pieces(u, text):
        found = _with_piece(piece, u, knowledge)
        if found and not _is_of_something_else(u, piece):
            return _named(u, found, piece)
    contrast = _OTHER.search(text) or _CONTRAST.search(text)
    other = _other(u, text, knowledge)
    return _named(u, other, contrast[0]) if contrast and other else u


def _pieces(u: Understanding, text: str) -> list[str]:
    """What may be a piece of a name; a facet alone (「目標は」) is none."""
    clauses = [part for part in re.split(r"[。!?、]\s*", text) if part]
    alone = _ALONE.fullmatch(clauses[-1]) if clauses else None
    if alone:
        return [] if clear(u) else [alone[1]]
    ways = (_RETURNED, _CONTRASTED, _SOMEHOW)
    found = [match for way in ways for match in way.finditer(text)]
    found = [match for match in found if not _TURNED_DOWN.match(text, match.end())]
    found += [match for match in _NEXT.finditer(text) if clear(u)]
    pieces = [match[match.lastindex or 1] for match in found]
    return [piece for piece in pieces if piece not in _ASKED_FOR and len(piece) >= _MIN]


def sharing(u: Understanding, knowledge: Knowledge) -> tuple[str, ...]:
    """The initiatives that share a piece of a name in the text: 「第3期のやつ」."""
    text = plain(u.text)
    pieces = [match[1] for match in _CONTRASTED.finditer(text)] + _TERM.findall(text)
    for piece in pieces:
        having = _having(piece, knowledge)
        if len(piece) >= _MIN and 1 < len(having) <= _COMMON:
            return having
    return ()


def _named(u: Understanding, initiative: str, piece: str) -> Understanding:
    found = Mention(initiative, piece, exact=True)
    return replace(u, mentions=(*u.mentions, found), foreign=0.0)


def _with_piece(piece: str, u: Understanding, knowledge: Knowledge) -> str | None:
    """The one initiative with this in its names, sought in the talk first.

    If no name has it, it is the present one, or else another of the talk, that is told or
    described with it.
    """
    having = _having(piece, knowledge)
    if not having and u.initiative and in_foreground(u):
        if _is_told_of(knowledge[u.initiative], piece):
            return u.initiative
        told = [one for one in u.spoken_of - {u.initiative} if _is_told_of(knowledge[one], piece)]
        return told[0] if len(told) == 1 else None
    if len(having) > _COMMON:
        return None
    for place in (*_places(u, knowledge), having):
        near = [one for one in having if one in place]
        if len(near) == 1:
            return near[0]
    return None


def _is_told_of(initiative: Initiative, piece: str) -> bool:
    facts = [fact.fact for some in initiative.facets.values() for fact in some]
    return _has([*facts, *initiative.descriptions], piece)


def _places(u: Understanding, knowledge: Knowledge) -> tuple[tuple[str, ...], ...]:
    """The initiatives of the talk; and those offered, and near to the present one."""
    offered = [payload.initiative for payload in u.offer if payload.initiative]
    near = knowledge[u.initiative].related if u.initiative else ()
    return (*u.together, *u.earlier), (*offered, *near)


def _having(piece: str, knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(one for one in knowledge.ids if _has(knowledge[one].names, piece))


def _has(names: Iterable[str], piece: str) -> bool:
    return any(piece in plain(name) for name in names)


def _is_of_something_else(u: Understanding, piece: str) -> bool:
    """Whether it sounds foreign by more than the piece: 「学校のほうの給食は」.

    What was said in sentences before does not count.
    """
    before, _, after = plain(u.text).partition(piece)
    *earlier, beginning = re.split(r"[。、!?]", before)
    if any(word.lower() in beginning + after for word in u.unknown):
        return True
    words = [word.lower() for word in u.specific if word.lower() not in "".join(earlier)]
    others = [word for word in words if word not in piece and piece not in word]
    return u.foreign >= FOREIGN_SURE and bool(others)


def _other(u: Understanding, text: str, knowledge: Knowledge) -> str | None:
    """What is set against the present initiative without any name of its own."""
    others = {one for place in _places(u, knowledge) for one in place} - {u.initiative}
    likely = [g.value for g in u.topics if g.value in others and g.confidence >= CANDIDATE]
    if likely:
        return likely[0]
    pair = [one for one in u.together if one != u.initiative]
    return pair[0] if len(pair) == 1 and _OTHER.search(text) else None
