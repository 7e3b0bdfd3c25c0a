"""The desk's own words (`data/desk.yml`), for its pages and its scripts alike."""

from __future__ import annotations

import re
from enum import StrEnum

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from bot.conversation.model import (  # noqa: TC001 - pydantic needs them
    Disposition,
    HandoffReason,
    Happening,
    Outcome,
    Role,
)
from bot.desk.accounts import OperatorRole  # noqa: TC001 - "
from bot.statistics.counting import Dealt  # noqa: TC001 - "
from bot.wording import DATA, Text

_PLACE = re.compile(r"\{([^{}]*)\}")


class Place(StrEnum):
    """What a canned reply may leave open, to be filled from the conversation."""

    RECEIPT = "receipt"
    TOPIC = "topic"
    OPERATOR = "operator"
    HOURS = "hours"
    PHONE = "phone"
    FAX = "fax"


class CannedWords(BaseModel):
    """A canned reply that is there from the start."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Text
    text: Text


class DeskWords(BaseModel):
    """Words by section and key; every key of a section is there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dispositions: dict[Disposition, Text]
    """How a conversation ended, as an operator says when closing it."""
    handoff_reasons: dict[HandoffReason, Text]
    happenings: dict[Happening, Text]
    """The kinds of entries in the history."""
    placeholders: dict[Place, Text]
    """As they are written in braces in a canned reply."""
    canned: dict[str, CannedWords]
    """Shared canned replies that are there from the start, by ID."""
    roles: dict[OperatorRole, Text]
    channels: dict[str, Text]
    outcomes: dict[Outcome, Text]
    speakers: dict[Role, Text]
    ticket_kinds: dict[str, Text]
    dealt: dict[Dealt, Text]
    """Who dealt with a conversation on one day."""
    tables: dict[str, Text]
    columns: dict[str, Text]
    """Heads and rows of the tables of the statistics."""
    actions: dict[str, Text]
    """What the audit log keeps (see `bot/desk/guard.py`)."""
    subjects: dict[str, Text]
    export: dict[str, Text]

    def unknown_places(self, text: str) -> list[str]:
        """What stands in braces in a canned reply and is no placeholder, in order."""
        known = set(self.placeholders.values())
        return [place for place in _PLACE.findall(text) if place not in known]


def load_desk_words() -> DeskWords:
    """Reads `data/desk.yml`.

    Raises:
        pydantic.ValidationError: naming what is wrong.
    """
    return DeskWords.model_validate(YAML(typ="safe").load(DATA / "desk.yml"))
