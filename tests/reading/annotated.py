"""Texts with readings as people write them: 取[と]り組[く]み."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.reading.placing import Ruby


def annotated(ruby: Ruby) -> str:
    return "".join(text if reading is None else f"{text}[{reading}]" for text, reading in ruby)


def bare(text: str) -> str:
    return re.sub(r"\[[ぁ-ゖー]+\]", "", text)
