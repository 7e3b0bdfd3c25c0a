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
_FROM_BELOW = re.compile(r"(?:下|した|最後|後ろ|うしろ)から")
_COUNTED = re.compile(rf"({_FROM_BELOW.pattern})?(?:第|no\.?|その)?({_NUMBER}){_COUNTER}")
_BARE = re.compile(
    r"(?:no\.?|その)?\(?(\d{1,2}|[a-i])\)?(?:で|です|の|を)?(?:お願い.*|おねがい.*)?[。.!]*"
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
    counted = _counted(text, count)
    found = counted if len(counted) > 1 or _FROM_BELOW.search(text) else _by_word(text, count)
    return tuple(dict.fromkeys(place for place in found or counted if 0 <= place < count))


def _by_word(text: str, count: int) -> list[int]:
    if _ALL.search(text):
        return list(range(count))
    if _MIDDLE.search(text):
        return [count // 2] if count % 2 else []
    for pattern, place in ((_LAST, count - 1), (_FIRST, 0)):
        if pattern.search(text):
            return [place]
    return []


def _counted(text: str, count: int) -> list[int]:
    bare = _BARE.fullmatch(text)
    if bare:
        return [_value(bare[1]) - 1]
    return [
        count - _value(match[2]) if match[1] else _value(match[2]) - 1
        for match in _COUNTED.finditer(text)
    ]


def _value(number: str) -> int:
    if number.isdecimal():
        return int(number)
    if number in _SPOKEN:
        return _SPOKEN[number]
    if "a" <= number <= "i":
        return ord(number) - ord("a") + 1
    return _KANJI.get(number[-1], 0) + (10 if "十" in number else 0)
