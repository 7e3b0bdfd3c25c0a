"""The desk's own words (`data/desk.yml`), for its pages and its scripts alike."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict
from ruamel.yaml import YAML

from bot.conversation.model import Disposition, HandoffReason  # noqa: TC001 - pydantic needs them
from bot.wording import DATA, Text


class DeskWords(BaseModel):
    """Words by section and key; every key of a section is there."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    dispositions: dict[Disposition, Text]
    """How a conversation ended, as an operator says when closing it."""
    handoff_reasons: dict[HandoffReason, Text]


def load_desk_words() -> DeskWords:
    """Reads `data/desk.yml`.

    Raises:
        pydantic.ValidationError: naming what is wrong.
    """
    return DeskWords.model_validate(YAML(typ="safe").load(DATA / "desk.yml"))
