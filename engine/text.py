"""The one normalisation of citizens' writing, the same in training and in serving."""

from __future__ import annotations

import re
import unicodedata

_KANA = "ぁ-ゖァ-ヺー"
# HTML says nothing; other words in angle brackets (<GIGA>) do.
_MARKUP = re.compile(
    r"<script\b.*?(</script\s*>|$)"
    r"|</?(a|b|body|br|div|em|embed|font|form|h[1-6]|html|i|iframe|img|input|li|link|meta|object|p|s"
    r"|script|span|strong|style|svg|table|td|tr|u|ul)(\s[^<>]*)?/?>",
    re.DOTALL,
)
_INVISIBLE = re.compile(r"[\ufe00-\ufe0f\u3164\u115f\u1160]")
_KANA_MARK = re.compile(r"([ぁ-ゖァ-ヺ])([ゝゞヽヾ])")
_WAVE = re.compile(rf"(?<=[{_KANA}])[〜~]+")
_DASH_IN_KATAKANA = re.compile(r"(?<=[ァ-ヺー])[-‐‑–—―−─](?=[ァ-ヺ])")
_LONG = re.compile(r"ー{2,}")
_DRAWN_OUT = re.compile(r"([^\W\d]|[^\w\s])\1{2,}")
_SPACE = re.compile(r"\s+")
_LETTER = r"[ぁ-ゖァ-ヺー一-龥0-9a-z]"
_GAP = r"[\s・.…、_/|*-]+"
_SPREAD = re.compile(rf"(?<!{_LETTER})(?:{_LETTER}{_GAP}){{3,}}{_LETTER}(?!{_LETTER})")
"""Letters that stand apart: 「い・つ・か・ら」."""
_SPREAD_LEAST = 3
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龥]")
_PICTURED = str.maketrans({"❓": "?", "❔": "?", "❗": "!", "❕": "!"})
# Controls, formats, surrogates, private and unassigned ones.
_UNSPOKEN = {"Cc", "Cf", "Cs", "Co", "Cn"}
_TO_KATAKANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_VOICED = dict(
    zip(
        "かきくけこさしすせそたちつてとはひふへほカキクケコサシスセソタチツテトハヒフヘホ",
        "がぎぐげござじずぜぞだぢづでどばびぶべぼガギグゲゴザジズゼゾダヂヅデドバビブベボ",
        strict=True,
    )
)


def normalise(text: str) -> str:
    """One form for what is written in many ways: width, case, marks, letters drawn out or apart.

    HTML is left out.
    Digits keep their repetition (1000 is not 100), and 々 stays, because the dictionary knows
    人々 and not 人人.
    """
    text = unicodedata.normalize("NFKC", text).translate(_PICTURED).lower()
    text = _MARKUP.sub(" ", text)
    text = "".join(_visible(character) for character in _INVISIBLE.sub("", text))
    text = _KANA_MARK.sub(_repeat, text)
    text = _LONG.sub("ー", _WAVE.sub("ー", _DASH_IN_KATAKANA.sub("ー", text)))
    text = _SPREAD.sub(_together, text)
    return _SPACE.sub(" ", _DRAWN_OUT.sub(r"\1\1", text)).strip()


def katakana(text: str) -> str:
    """The text with hiragana folded into katakana."""
    return text.translate(_TO_KATAKANA)


def _together(match: re.Match[str]) -> str:
    """The letters without what is between them; a row of figures or initials stays as it is."""
    letters = re.findall(_LETTER, match[0])
    japanese = [letter for letter in letters if _JAPANESE.match(letter)]
    return "".join(letters) if len(japanese) >= _SPREAD_LEAST else match[0]


def _visible(character: str) -> str:
    if character.isspace():
        return " "
    return "" if unicodedata.category(character) in _UNSPOKEN else character


def _repeat(match: re.Match[str]) -> str:
    kana, mark = match.groups()
    return kana + (_VOICED.get(kana, kana) if mark in "ゞヾ" else kana)
