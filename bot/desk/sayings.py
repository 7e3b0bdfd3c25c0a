"""Citizens' feedback as supervisors ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.model import position
from bot.errors import bad_request
from bot.statistics.period import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.adapters.redis.feedback import Feedback
    from bot.bootstrap import Services

PAGE = 50
USUAL_DAYS = 7
_HELPFUL = {"true": True, "false": False}


@dataclass(frozen=True)
class Sayings:
    """What was said in a period, as far as it is wanted; the sums are of all of it."""

    period: Period
    words: list[Feedback]
    helpful: int
    unhelpful: int


async def sayings(here: Services, given: Mapping[str, str]) -> Sayings:
    """The feedback that a request asks for; by itself that of the last seven days.

    Raises:
        RequestError: 400 for what is no period or no opinion.
    """
    period = read_period(given, here.clock.now().date(), USUAL_DAYS)
    helpful = given.get("helpful") or None
    if helpful is not None and helpful not in _HELPFUL:
        raise bad_request("missing_field", field="helpful")
    found = await here.feedback.given(period.days)
    wanted = [
        word
        for word in found
        if (helpful is None or word.helpful is _HELPFUL[helpful])
        and (given.get("commented") != "true" or word.comment)
    ]
    good = sum(word.helpful for word in found)
    return Sayings(period, wanted, good, len(found) - good)


def page_of(found: Sayings, given: Mapping[str, str]) -> tuple[list[Feedback], str | None]:
    """One page, and the cursor of the next; 400 for what is no cursor."""
    words = found.words
    if before := given.get("before"):
        try:
            words = [word for word in words if position(word.id) < position(before)]
        except ValueError as error:
            raise bad_request("missing_field", field="before") from error
    return words[:PAGE], words[PAGE - 1].id if len(words) > PAGE else None
