"""The parts of a message that may ask for something each: 「いつから、あと誰とやるの」.

A head that sees the whole text says what is asked most, so each part is asked about by itself.
Only the last sentence counts, and one before it that 「あと」 or the like joins to it: what stands
before is mostly a story, and not asked. What is merely told in passing is no part either.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

_ALSO = (
    r"(?:あと|それと|それから|それに|また|ついでに|併せて|あわせて|加えて|そして"
    r"|及び|および|並びに|ならびに)"
)
_SENTENCE = re.compile(r"[^。!?\n]+[。!?\n]*")
_JOINED = re.compile(rf"\s*{_ALSO}")
_CLAUSE = re.compile(r"[^、。!?\n]*[^、。!?\n\s][^、。!?\n]*")
_KEYWORDS = re.compile(r"(?=.*[ァ-ヶ一-龥])[^ぁ-ゖ]+")
_COMPANY = (
    r"(?:組|一緒|いっしょ|協|連携|力を|手を|や[るらっり]|進め|作|つく|話|相談|取り組|とりく|比べ|違|ちが"
    r"|同じ|並|い[うっ]|言|思|聞|申|し[てた]|な[るっ]|の|は|も)"
)
"""What one does with somebody, or says: no joint stands before it."""
_JOINT = re.compile(
    rf"、\s*{_ALSO}?、?\s*|\s+{_ALSO}\s*|(?<=[一-龥ァ-ヶー]){_ALSO}、?"
    rf"|(?<=[一-龥ァ-ヶーいめりか])と(?!、|{_COMPANY})(?=.{{2}})"
    r"|(?<=[一-龥ァ-ヶー])や(?![るらっりろ])(?=[一-龥ァ-ヶー])"
    r"|(?<=[一-龥ァ-ヶー])も、?(?=[^、。]{1,10}も)"
)
_ASKS = re.compile(
    r"誰|だれ|どな?た|何(?!とか|か)|なに|なん(?!とか|か)|いつ(?!も)|どこ(?!か)|どち?ら|なぜ|どう|いくら"
    r"|どの|どんな|どれ"
)
_TOLD = re.compile(r"(?:[はがをにでて]|から|ので|けれ?ど|し|たら|ば|とか|(?<!い)って|よね|の)$")
_CONNECTS = re.compile(r"(?:ただ|でも|さて|では?|それ|そう|はい|うん)$")
_MIN = 2
_NOMINAL = 14
"""Characters; a longer part without an interrogative tells more than it asks."""
_MAX = 40
_ENDING = 4


def ending(text: str) -> Span | None:
    """The last clause, where people mostly ask; None if it is all, or says too little."""
    clauses = [one.span() for one in _CLAUSE.finditer(text)]
    if len(clauses) < 2 or clauses[-1][1] - clauses[-1][0] < _ENDING:  # noqa: PLR2004 - not all
        return None
    return clauses[-1]


def asked_parts(text: str) -> list[Span]:
    """Begin and end of each part of a normalised text that may ask for something.

    None if it is one, which is the rule.
    """
    sentences = [one.span() for one in _SENTENCE.finditer(text)]
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
