"""Citizens' feedback as supervisors ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.model import position
from bot.errors import bad_request
from bot.statistics.period import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from bot.adapters.redis.feedback import Feedback, RedisFeedback

PAGE = 50
USUAL_DAYS = 7
_HELPFUL = {"true": True, "false": False}


@dataclass(frozen=True)
class Asked:
    """Which feedback; `helpful`: None is any."""

    period: Period
    helpful: bool | None = None
    commented: bool = False
    """Only what has a comment."""
    before: str | None = None
    """The word after which the page begins."""

    def takes(self, word: Feedback) -> bool:
        """Whether a word is among them, on whatever page."""
        return self.helpful in {None, word.helpful} and bool(word.comment or not self.commented)


@dataclass(frozen=True)
class Sayings:
    """What was said in a period, as far as it is asked for; the sums are of all of it."""

    words: list[Feedback]
    helpful: int
    unhelpful: int


def read_asked(given: Mapping[str, str], today: date) -> Asked:
    """What a request asks for; by itself the last seven days.

    Raises:
        RequestError: 400 for what is no period, no opinion or no cursor.
    """
    helpful, before = given.get("helpful") or None, given.get("before") or None
    if helpful is not None and helpful not in _HELPFUL:
        raise bad_request("missing_field", field="helpful")
    try:
        position(before or "0-0")
    except ValueError as error:
        raise bad_request("missing_field", field="before") from error
    return Asked(
        read_period(given, today, USUAL_DAYS),
        _HELPFUL[helpful] if helpful else None,
        given.get("commented") == "true",
        before,
    )


async def sayings(feedback: RedisFeedback, asked: Asked) -> Sayings:
    """The feedback of all pages, newest first."""
    found = await feedback.given(asked.period.days)
    good = sum(word.helpful for word in found)
    return Sayings([word for word in found if asked.takes(word)], good, len(found) - good)


def page_of(found: Sayings, asked: Asked) -> tuple[list[Feedback], str | None]:
    """One page, and the cursor of the next; None if it is the last."""
    words = found.words
    if asked.before:
        words = [word for word in words if position(word.id) < position(asked.before)]
    return words[:PAGE], words[PAGE - 1].id if len(words) > PAGE else None
