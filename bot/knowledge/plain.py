"""Whether a text is plain Japanese (やさしい日本語), and says what its original says."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.knowledge.plain_rules import Limit, PlainRules

_KANJI = re.compile("[々\u3400-\u4dbf\u4e00-\u9fff]")
_EXPLANATION = re.compile("（([^（）]*)）")
_BREAK = re.compile("[　、。：「」（）【】・！？\n0-9A-Za-z]+")
_ENOUGH = 20
"""Characters from which on a share of kanji says something."""
_COMMA = re.compile("(?<=[ぁ-ん」）])、")
_ERAS = {"令和": 2018, "平成": 1988}
_ERA_YEAR = re.compile(f"({'|'.join(_ERAS)})([0-9]+|元)(?=年)")
_FIGURE = re.compile("(?<![A-Za-z0-9])[0-9]+[年月日回人台]?|[一二三四五六七八九十]+[人台つ回度]")


class PlainJapanese:
    """The rules, with the names that no rule can change."""

    def __init__(self, rules: PlainRules, names: Iterable[str]) -> None:
        """Takes the rules, and the names of the initiatives."""
        self._rules = rules
        longest_first = sorted({*names, *rules.names}, key=len, reverse=True)
        self._names = _any_of(longest_first)
        # A term that is to be explained is one even where it is also among the names.
        self._other_names = _any_of(name for name in longest_first if name not in rules.explain)

    def faults(self, text: str) -> list[str]:
        """All that is wrong with a text, in words for people."""
        return [*self._wrong_words(text), *self._unexplained(text), *self._too_much(text)]

    def _wrong_words(self, text: str) -> Iterator[str]:
        said = self._names.sub("＊", text)
        for word, instead in self._rules.words.items():
            if word in said:
                yield f"「{word}」は使いません。代わりの言い方: {instead}"
        for pattern, why in self._rules.constructions:
            found = pattern.search(said)
            if found:
                yield f"「{found[0].strip()}」: {why}"

    def _unexplained(self, text: str) -> Iterator[str]:
        """Terms whose first use, outside explanations, has no explanation right behind it."""
        said = _EXPLANATION.sub("（）", self._other_names.sub("", text))
        for term in self._rules.explain:
            first = re.search(
                rf"(?<![一-龥A-Za-z]){re.escape(term)}(?![一-龥ァ-ヶー])(」?（）)?", said
            )
            if first and not first[1]:
                yield f"「{term}」には、初めに（　）で説明をつけます"

    def _too_much(self, text: str) -> Iterator[str]:
        limits = self._rules.limits
        for sentence, whole in self._sentences(text):
            length, kanji = len(sentence.replace("　", "")), len(_KANJI.findall(sentence))
            yield from _over("一文の文字数", length, limits.sentence, sentence)
            yield from _over("一文の漢字", kanji, limits.kanji, sentence)
            if whole:
                yield from _over(
                    "一文の読点", len(_COMMA.findall(sentence)), limits.commas, sentence
                )
            if whole and not self._rules.ends.search(sentence):
                yield f"です・ますで終わっていません:「{sentence}」"
            for piece in _BREAK.split(sentence):
                yield from _over("空白のない続き", len(piece), limits.piece, piece)
        counted = re.sub(r"[\s　]", "", self._names.sub("", text))
        if len(counted) < _ENOUGH:
            return
        share = round(100 * len(_KANJI.findall(counted)) / len(counted))
        yield from _over("漢字の割合(％)", share, limits.share, text)

    def _sentences(self, text: str) -> Iterator[tuple[str, bool]]:
        """Sentences and lines without names; explanations apart; whether it is a sentence."""
        said = self._names.sub("", text)
        for explanation in _EXPLANATION.findall(said):
            yield explanation, False
        for line in _EXPLANATION.sub("", said).split("\n"):
            *sentences, rest = line.split("。")
            yield from ((sentence, True) for sentence in sentences)
            yield rest, False


def _any_of(names: Iterable[str]) -> re.Pattern[str]:
    """Any of the names, or a place in a text."""
    return re.compile("|".join([*map(re.escape, names), r"\{\w+\}"]))


def _over(what: str, found: int, limit: Limit, where: str) -> Iterator[str]:
    if found > limit.most:
        yield f"{what}が{found}で、{limit.most}を超えています:「{where}」"


def figures(text: str) -> set[str]:
    """The figures of a text; a year of an era counts as its western year."""
    plain = _ERA_YEAR.sub(_western, unicodedata.normalize("NFKC", text))
    return set(_FIGURE.findall(plain))


def _western(era_year: re.Match[str]) -> str:
    return str(_ERAS[era_year[1]] + (1 if era_year[2] == "元" else int(era_year[2])))


def differing_figures(text: str, easy: str) -> str | None:
    """In words for people, which figures stand in one of the two alone."""
    lost, added = figures(text) - figures(easy), figures(easy) - figures(text)
    if not lost and not added:
        return None
    return f"数字が違います。足りない: {_listed(lost)}、多い: {_listed(added)}"


def _listed(found: set[str]) -> str:
    return "・".join(sorted(found)) or "なし"
