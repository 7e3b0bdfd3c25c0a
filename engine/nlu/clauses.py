"""Pieces of a message at which the head for facets looks by themselves.

A head that sees the whole text says what is asked most; a story around the question, or a second
question beside it, gets lost in that.
"""

from __future__ import annotations

import re
from typing import NamedTuple

Span = tuple[int, int]

_ALSO = (
    r"(?:あと|それと|それから|それに|また|ついでに|併せて|あわせて|加えて|そして"
    r"|及び|および|並びに|ならびに)"
)
_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]*")
_JOINED = re.compile(rf"\s*{_ALSO}")
_CLAUSE = re.compile(r"[^、。!?\n]*[^、。!?\n\s][^、。!?\n]*")
_KEYWORDS = re.compile(r"(?=.*[ァ-ヶ一-龥])(?:[^ぁ-ゖ]|の)+")
_COMPANY = (
    r"(?:組|一緒|いっしょ|協|連携|力を|手を|や[るらっり]|進め|作|つく|話|相談|取り組|とりく|比べ|違|ちが"
    r"|同じ|並|い[うっ]|言|思|聞|申|し[てた]|な[るっ]|の|は|も)"
)
"""What one does with somebody, or says: no joint stands before it."""
_INTERROGATIVE = (
    r"(?:誰|だれ|どな?た|何(?!とか|か)|なに|なん(?!とか|か)|いつ(?!も)|どこ(?!か)|どち?ら|なぜ|どう|いくら"
    r"|どの|どんな|どれ)"
)
_JOINT = re.compile(
    rf"、\s*{_ALSO}?、?\s*|\s+{_ALSO}\s*|(?<=[一-龥ァ-ヶー]){_ALSO}、?"
    rf"|(?<=[一-龥ァ-ヶーいめりか])と(?!、|{_COMPANY})(?=.{{2}})"
    rf"|(?<=[てで])(?<!なくて)、?(?={_INTERROGATIVE})"
    r"|(?<=[一-龥ァ-ヶー])や(?![るらっりろ])(?=[一-龥ァ-ヶー])"
    r"|(?<=[一-龥ァ-ヶー])も、?(?=[^、。]{1,10}も)"
    r"|(?<=[一-龥ァ-ヶー])と、(?=[^。]*(?:[二2両]点|[二2]つ))"
)
_ASKS = re.compile(_INTERROGATIVE)
_TOLD = re.compile(r"(?:[はがをにでて]|から|ので|けれ?ど|し|たら|ば|とか|(?<!い)って|よね|の)$")
_CONNECTS = re.compile(r"(?:ただ|でも|さて|では?|それ|そう|はい|うん)$")
_MIN = 2
_NOMINAL = 14
"""Characters; a longer part without an interrogative tells more than it asks."""
_MAX = 40
_ENDING = 4
_LONG = 40
_QUESTION = re.compile(
    r"\?|(の|か|かな|かしら|でしょう|ね|のやら)[。、.\s]*$|教え|知りたい|聞きたい|伺い|うかがい|お聞き|聞かせ"
    r"|わから|分から|気にな|ください|下さい|ほしい|たくて|のですが|んですが|んですけど"
)


class Pieces(NamedTuple):
    """Begin and end of each piece of a normalised text; mostly there are none."""

    parts: list[Span]
    """Those that may ask for something each: 「いつから、あと誰とやるの」.

    Only the last sentence counts, and one before it that 「あと」 or the like joins to it. What is
    merely told in passing is no part.
    """
    ending: list[Span]
    """The last clause, where people mostly ask."""
    questions: list[Span]
    """The sentences of a long message that sound like a question or a wish to know."""
    last: list[Span]
    """The last of a short message's sentences."""


def asks(text: str) -> bool:
    """Whether a text sounds like a question or a wish to know."""
    return _ASKS.search(text) is not None or _QUESTION.search(text) is not None


def sentences_before(text: str, at: int) -> str:
    """The sentences that end before a place in the text."""
    ends = [one.end() for one in _SENTENCE.finditer(text) if one.end() < at]
    return text[: max(ends, default=0)]


def pieces(text: str) -> Pieces:
    """Cuts a text."""
    sentences = [one.span() for one in _SENTENCE.finditer(text)]
    several, long = len(sentences) > 1, len(text) >= _LONG
    asking = [one for one in sentences if _QUESTION.search(text, *one)]
    return Pieces(
        parts=_parts(text, sentences),
        ending=_ending(text),
        questions=asking if several and long else [],
        last=sentences[-1:] if several and not long else [],
    )


def _ending(text: str) -> list[Span]:
    clauses = [one.span() for one in _CLAUSE.finditer(text)]
    if len(clauses) < 2 or clauses[-1][1] - clauses[-1][0] < _ENDING:  # noqa: PLR2004 - one is all
        return []
    return clauses[-1:]


def _parts(text: str, sentences: list[Span]) -> list[Span]:
    if len(sentences) > 1 and _JOINED.match(text, sentences[-1][0]):
        sentences = sentences[-2:]
    else:
        sentences = sentences[-1:]
    parts = [part for sentence in sentences for part in _cut(text, sentence)]
    asking = [part for part in parts if _may_ask(text[slice(*part)], last=part == parts[-1])]
    return asking if len(asking) > 1 else []


def _cut(text: str, sentence: Span) -> list[Span]:
    begin, end = sentence
    joint = re.compile(r"\s+") if _KEYWORDS.fullmatch(text) else _JOINT
    joints = [one.span() for one in joint.finditer(text, begin, end)]
    begins = [begin, *(after for _, after in joints)]
    ends = [*(before for before, _ in joints), end]
    return list(zip(begins, ends, strict=True))


def _may_ask(part: str, *, last: bool) -> bool:
    part = part.strip(" 。!?\n")
    if not _MIN <= len(part) <= _MAX or _CONNECTS.match(part):
        return False
    if _ASKS.search(part):
        return True
    return last or (len(part) <= _NOMINAL and not _TOLD.search(part))
