"""Personal data that citizens type although they need not: masked before anything is stored.

Names cannot be told from other words without mistakes and stay; numbers, addresses and dates of
birth by which somebody could be found or defrauded do not.
"""

from __future__ import annotations

import re
from functools import partial

_D = "[0-9０-９]"
_H = "[-－−‐‑–—ーｰ]"
_GAP = rf"(?:{_H}|[ 　.．・()（）]|の)?"
_EDGE_BEFORE = "(?<![0-9０-９A-Za-z－-])"
_EDGE_AFTER = "(?![0-9０-９])"
_KANJI = "一-龥々ヶ"


def _number(*groups: int | str, gap: str = _GAP) -> str:
    """A number of so many digits a group, written with or without something in between."""
    parts = [rf"{_D}{{{group}}}" for group in groups]
    return f"{_EDGE_BEFORE}{gap.join(parts)}{_EDGE_AFTER}"


_MAIL = r"[A-Za-z0-9._%+\-]+[@＠][A-Za-z0-9.\-]+\.[A-Za-z]{2,}"
_CARD = _number(4, 4, 4, "2,4")
_MY_NUMBER = _number(4, 4, 4)
_PHONE = rf"{_EDGE_BEFORE}(?:[+＋]81{_GAP}|[(（]?[0０]){_D}(?:{_GAP}{_D}){{8,9}}{_EDGE_AFTER}"
_POSTCODE = rf"(?:〒|郵便番号は?)\s*{_D}{{3}}{_H}?{_D}{{4}}|{_number(3, 4, gap=_H)}"
_STREET = (
    rf"(?:[{_KANJI}]{{1,4}}[都道府県])?(?:[{_KANJI}]{{1,4}}市)?(?:[{_KANJI}]{{1,4}}区)?"
    rf"[{_KANJI}ァ-ヴーがのノ]{{0,8}}[{_KANJI}]"
    rf"{_D}{{1,3}}(?:丁目{_D}{{0,4}}(?:{_H}{_D}{{1,4}}|番地?{_D}{{0,4}}号?)*"
    rf"|番地?{_D}{{0,4}}号?|{_H}{_D}{{1,4}}{_H}{_D}{{1,4}})"
)
_BIRTH = (
    rf"(?:大正|昭和|平成|令和|[TSHRＴＳＨＲ])?{_D}{{1,4}}[年/／.．\-]{_D}{{1,2}}"
    rf"[月/／.．\-]{_D}{{1,2}}日?"
)
_BORN = (
    rf"(?P<lead>(?:生年月日|誕生日)[はがの:：、 　]*){_BIRTH}"
    rf"|{_BIRTH}(?=\s*(?:生まれ|うまれ|生\b))"
)
_ACCOUNT = (
    r"(?P<lead>(?:口座|普通|当座|記号|(?<!受付)番号|旅券|パスポート)[^0-9０-９\n]{0,8})"
    rf"{_D}{{6,10}}{_EDGE_AFTER}"
)

_KINDS = (
    ("メールアドレス", _MAIL),
    ("カード番号", _CARD),
    ("番号", _MY_NUMBER),
    ("電話番号", _PHONE),
    ("郵便番号", _POSTCODE),
    ("生年月日", _BORN),
    ("番号", _ACCOUNT),
    ("住所", _STREET),
)
_PATTERNS = tuple((kind, re.compile(pattern)) for kind, pattern in _KINDS)


def mask(text: str, public: frozenset[str] = frozenset()) -> str:
    """The text with each piece of personal data replaced by its kind: ［電話番号］.

    Numbers in `public`, such as the call line's own, stay.
    """
    for kind, pattern in _PATTERNS:
        text = pattern.sub(partial(_masked, kind=kind, public=public), text)
    return text


def _masked(found: re.Match[str], *, kind: str, public: frozenset[str]) -> str:
    if found[0] in public:
        return found[0]
    return f"{found.groupdict().get('lead') or ''}［{kind}］"
