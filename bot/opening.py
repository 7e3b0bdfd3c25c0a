"""The opening hours as pages show them: one clock and one calendar for all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.conversation.hours import TOKYO
from bot.conversation.replies import DAYS_AHEAD, spoken_hours

if TYPE_CHECKING:
    from bot.bootstrap import Services


@dataclass(frozen=True)
class Opening:
    """What a page says of the hours; `differing` are the days to come that have others."""

    regular: str
    today: str
    open_now: bool
    differing: list[str]


def opening(here: Services) -> Opening:
    """The hours as they are at this moment."""
    now = here.clock.now()
    found = here.calendar.upcoming(now, DAYS_AHEAD)
    return Opening(
        regular=str(here.calendar),
        today=today(here),
        open_now=here.calendar.is_open(now),
        differing=[spoken_hours(here.wording, day, hours) for day, hours in found],
    )


def today(here: Services) -> str:
    """Today's hours: 8:00〜21:00, or that it is closed."""
    hours = here.calendar.hours(here.clock.now().astimezone(TOKYO).date())
    return str(hours) if hours else here.wording.render("hours_closed_today")
