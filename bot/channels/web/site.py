"""What a city fills in about itself: `data/site.yml`, `data/accessibility.yml`."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic needs the type at run time
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from ruamel.yaml import YAML

from bot.wording import DATA, Text

if TYPE_CHECKING:
    from pathlib import Path

Host = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(\.[a-z0-9-]+)+$")]
Criterion = Annotated[str, StringConstraints(pattern=r"^[1-4]\.[1-5]\.[1-9]$")]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Site(_Record):
    """The city, its line, and who runs the chat."""

    city: Text
    line: Text
    line_of: Text
    service: Text
    home: Text
    department: Text
    contact: Text
    link_hosts: tuple[Host, ...]
    """Web sites to which an address in a message may become a link."""
    policies_as_of: date
    privacy_law: Text


class Finding(_Record):
    """What a test found for one success criterion of JIS X 8341-3:2016."""

    id: Criterion
    level: Literal["A", "AA"]
    name: Text
    applies: bool
    result: Literal["met", "not_met"]
    how: Text
    """How it was tested, or why it does not apply."""


class AccessibilityTest(_Record):
    """The test results as the guideline for public sites asks for them."""

    tested_on: date
    browser: Text
    tools: Text
    pages: tuple[Text, ...]
    remaining: tuple[Text, ...]
    """What the city has yet to test."""
    criteria: tuple[Finding, ...]

    @property
    def all_met(self) -> bool:
        """Whether no criterion is unmet."""
        return all(one.result == "met" for one in self.criteria)


def load_site(folder: Path = DATA) -> Site:
    """Reads `site.yml`.

    Raises:
        pydantic.ValidationError: naming what is wrong.
    """
    return Site.model_validate(YAML(typ="safe").load(folder / "site.yml"))


def load_accessibility_test(folder: Path = DATA) -> AccessibilityTest:
    """Reads `accessibility.yml`; raises as `load_site`."""
    return AccessibilityTest.model_validate(YAML(typ="safe").load(folder / "accessibility.yml"))


def in_words(day: date) -> str:
    """A date as people read it: 2020年10月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
