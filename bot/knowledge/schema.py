"""The form of a knowledge file (docs/architecture.md), and the source that all facts come from."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

LAST_PARAGRAPH = 18
"""Section 2 of the address has this many paragraphs."""
SOURCE_TITLE = "令和3年度 市政執行の基本的な考え方"
SOURCE_SECTION = "2「ともにつくる 最幸のまち かわさき」をめざして"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Paragraph = Annotated[int, Field(strict=True, ge=1, le=LAST_PARAGRAPH)]


def _as_list(value: object) -> object:
    return value if isinstance(value, (list, tuple)) else [value]


class Facet(StrEnum):
    """What can be asked of an initiative."""

    OVERVIEW = "overview"
    PURPOSE = "purpose"
    BACKGROUND = "background"
    SCHEDULE = "schedule"
    PARTNERS = "partners"
    TARGET = "target"
    ACHIEVEMENTS = "achievements"
    PARTICIPATION = "participation"
    BUDGET = "budget"
    CONTACT = "contact"


class _Content(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Content):
    """Where the address states a fact."""

    title: str = SOURCE_TITLE
    section: str = SOURCE_SECTION
    paragraph: int


class Fact(_Content):
    """One stated fact in our own words, and the paragraphs of section 2 that carry it.

    `easy` says the same in plain Japanese; without it the fact is told in its usual words alone.
    """

    fact: Text
    easy: Text | None = None
    paragraph: Annotated[tuple[Paragraph, ...], BeforeValidator(_as_list), Field(min_length=1)]

    @property
    def sources(self) -> tuple[Source, ...]:
        """The fact's sources, one a paragraph."""
        return tuple(Source(paragraph=number) for number in self.paragraph)


class Initiative(_Content):
    """All that the bot knows of one initiative; a facet that is missing is not stated."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
    name: Text
    reading: Text | None = None
    aliases: tuple[Text, ...] = ()
    descriptions: tuple[Text, ...] = ()
    related: tuple[Text, ...] = ()
    facets: Annotated[
        dict[Facet, Annotated[tuple[Fact, ...], Field(min_length=1)]], Field(min_length=1)
    ]

    @property
    def names(self) -> tuple[str, ...]:
        """The official name first, then the other names."""
        return (self.name, *self.aliases)

    @property
    def stated(self) -> tuple[Facet, ...]:
        """The facets that the address states, in the usual order."""
        return tuple(facet for facet in Facet if facet in self.facets)

    @property
    def first_paragraph(self) -> int:
        """Where the address first speaks of it, going by what it states first."""
        return min(self.facets[self.stated[0]][0].paragraph)
