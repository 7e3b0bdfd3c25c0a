"""Everything that the actions can say, read once when the process starts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.knowledge.loader import load_knowledge
from bot.settings import read_settings
from bot.wording import load_call_line, load_wording

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.knowledge.loader import Knowledge
    from bot.wording import CallLine, Wording


@dataclass(frozen=True)
class Content:
    """Facts, texts and the call line; `hours` as people read them: 8:00〜21:00."""

    knowledge: Knowledge
    wording: Wording
    call_line: CallLine
    hours: str


def load_content(environ: Mapping[str, str]) -> Content:
    """Reads files and settings.

    Raises:
        BotError: saying which file or setting is wrong, and why.
    """
    return Content(
        knowledge=load_knowledge(),
        wording=load_wording(),
        call_line=load_call_line(),
        hours=str(read_settings(environ).opening_hours),
    )
