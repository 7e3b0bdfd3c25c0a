"""「2番目」, 「最後の」, 「①」: which of a row of choices is meant."""

from __future__ import annotations

import re

from actions.context import plain

_KANJI = dict(zip("一二三四五六七八九", range(1, 10), strict=True))
_SPOKEN = {
    "いち": 1,
    "ひと": 1,
    "に": 2,
    "ふた": 2,
    "さん": 3,
    "みっ": 3,
    "よん": 4,
    "よっ": 4,
    "ご": 5,
    "いつ": 5,
    "ろく": 6,
    "むっ": 6,
    "なな": 7,
    "はち": 8,
    "きゅう": 9,
}
_NUMBER = rf"\d{{1,2}}|十?[{''.join(_KANJI)}]|十|{'|'.join(_SPOKEN)}"
_COUNTER = r"(?:番目?|ばんめ?|つ目|つめ|個目|こ目|こめ|件目|項目)"
_COUNTED = re.compile(rf"(下から|したから)?(?:第|no\.?|その)?({_NUMBER}){_COUNTER}")
_BARE = re.compile(
    r"(?:no\.?|その)?\(?(\d{1,2}|[a-i])\)?(?:で|です|の|を|お願い.*|おねがい.*)?[。.!]*"
)
_LAST = re.compile(r"(一番|いちばん)(下|した|最後|後)|最後|さいご|後者|^(下|した)の")
_FIRST = re.compile(r"(一番|いちばん)(上|うえ|最初|前)|最初|さいしょ|前者|^(上|うえ)の")
_MIDDLE = re.compile(r"真ん中|まんなか")
_ALL = re.compile(
    r"両方|りょうほう|どっちも|どちらも|全部|ぜんぶ|すべて|(ふた|二|2|三|3)つ(とも|$)"
)


def places(text: str, count: int) -> tuple[int, ...]:
    """The meant places in a row of `count` choices, from 0; none if the text names no place."""
    text = plain(text)
    if _ALL.search(text):
        return tuple(range(count))
    for pattern, place in ((_LAST, count - 1), (_FIRST, 0), (_MIDDLE, count // 2)):
        if pattern.search(text):
            return (place,) if pattern is not _MIDDLE or count % 2 else ()
    counted = [_place(number, count, from_below=below) for below, number in _counted(text)]
    return tuple(dict.fromkeys(place for place in counted if 0 <= place < count))


def _counted(text: str) -> list[tuple[bool, str]]:
    bare = _BARE.fullmatch(text)
    if bare:
        return [(False, bare[1])]
    return [(bool(match[1]), match[2]) for match in _COUNTED.finditer(text)]


def _place(number: str, count: int, *, from_below: bool) -> int:
    value = _value(number)
    return count - value if from_below else value - 1


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in _SPOKEN:
        return _SPOKEN[number]
    if "a" <= number <= "i":
        return ord(number) - ord("a") + 1
    return _KANJI.get(number[-1], 0) + (10 if "十" in number else 0)
