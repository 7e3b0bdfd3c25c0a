"""`data/easy_rules.yml`: what plain Japanese (やさしい日本語) is held to, and why."""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, ValidationError

from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.yaml_file import UnreadableFileError, read_yaml

FILE = Path(__file__).parents[2] / "data" / "easy_rules.yml"


def _regular(expression: str) -> str:
    try:
        re.compile(expression)
    except re.error as error:
        raise ValueError(expression) from error
    return expression


Regular = Annotated[str, AfterValidator(_regular)]
"""A regular expression."""


class _Rules(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Limit(_Rules):
    """The most that is allowed, and the reason."""

    most: int
    why: str


class Limits(_Rules):
    """Characters and kanji of a sentence, kanji in a hundred characters of a text, characters
    without a space or sign between them, and commas of a sentence."""  # noqa: D205, D209 - a list

    sentence: Limit
    kanji: Limit
    share: Limit
    piece: Limit
    commas: Limit


class Pattern(_Rules):
    """A construction that is not used, as a regular expression, and what to write instead."""

    find: Regular
    why: str


class PlainRules(_Rules):
    """All rules; `words` has for each word that is not used one to use instead."""

    limits: Limits
    endings: Regular
    words: dict[str, str]
    patterns: tuple[Pattern, ...]
    explain: tuple[str, ...]
    names: tuple[str, ...]

    @cached_property
    def ends(self) -> re.Pattern[str]:
        """How a sentence may end."""
        return re.compile(f"(?:{self.endings})[」）]?$")

    @cached_property
    def constructions(self) -> tuple[tuple[re.Pattern[str], str], ...]:
        """The patterns, ready for use, with their reasons."""
        return tuple((re.compile(one.find), one.why) for one in self.patterns)


def load_rules(file: Path = FILE) -> PlainRules:
    """Reads the rules.

    Raises:
        KnowledgeError: naming the line that is wrong.
    """
    try:
        yaml = read_yaml(file)
    except UnreadableFileError as error:
        raise KnowledgeError([Problem(file.name, error.line, error.reason)]) from error
    try:
        return PlainRules.model_validate(yaml.content)
    except ValidationError as error:
        reason = "やさしい日本語のきまりの書き方が正しくありません"
        lines = sorted({yaml.line(found["loc"]) for found in error.errors()})
        raise KnowledgeError([Problem(file.name, line, reason) for line in lines]) from error
