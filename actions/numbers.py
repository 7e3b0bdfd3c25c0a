"""A name with another number is another thing: 「カーボンゼロチャレンジ2030」."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from actions.context import around, plain

if TYPE_CHECKING:
    from actions.understanding import Understanding
    from bot.knowledge.schema import Initiative

_TERM = re.compile(r"第?([0-9一二三四五六七八九]{1,2})期")
_TERM_TURNED_DOWN = re.compile(rf"{_TERM.pattern}の?(?:ほう|方|やつ)?(?:では|じゃ)な[くい]")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_BEFORE = re.compile(r"((?:19|20)\d\d)[・\s]?$")
_AFTER = re.compile(r"^(?:かわさき|川崎市?)?[・\s-]?((?:19|20)\d\d)(?!\d|年)")
_KANJI = {kanji: str(number) for number, kanji in enumerate("一二三四五六七八九", 1)}


def is_another(u: Understanding, initiative: Initiative) -> bool:
    """Whether the text gives the initiative's name a term or a year that it does not have.

    Only names that carry such a number themselves can be told apart by it.
    """
    names = plain(" ".join(initiative.names))
    terms, years = _terms(names), set(_YEAR.findall(names))
    named_terms = _terms(_TERM_TURNED_DOWN.sub("", plain(u.text)))
    named_years = _years_beside(u, initiative.id)
    other_term = bool(terms and named_terms and not terms & named_terms)
    return other_term or bool(years and named_years and not years & named_years)


def _terms(text: str) -> set[str]:
    return {_KANJI.get(number, number) for number in _TERM.findall(text)}


def _years_beside(u: Understanding, initiative: str) -> set[str]:
    """The years that stand in a mention of the initiative, or right before or after it."""
    found = set()
    for mention in u.mentions:
        if mention.initiative != initiative:
            continue
        before, name, after = around(mention, u)
        found |= {*_YEAR.findall(name), *_BEFORE.findall(before), *_AFTER.findall(after)}
    return found
