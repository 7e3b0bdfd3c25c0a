"""The settings page: days on which the operators' hours are others."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, redirect

from bot.conversation.hours import TOKYO, OpeningHours
from bot.conversation.replies import spoken_day
from bot.desk.guard import page, supervisors
from bot.desk.rendering import shown
from bot.http import filled_in, services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.desk.accounts import Session

AHEAD_DAYS = 366
"""So many days ahead hours can be set."""
_HERE = "/desk/settings"

blueprint = Blueprint("desk_settings")


@blueprint.get(_HERE)
@page(supervisors_only=True)
async def show(request: Request, session: Session) -> HTTPResponse:
    """The days that have other hours, and a form for one more; for supervisors."""
    return _page(request, session)


@blueprint.post(f"{_HERE}/hours")
@supervisors(audit="changed_hours")
async def set_hours(request: Request, session: Session) -> HTTPResponse:
    """Gives a day hours of its own, or shows the form again with what is wrong."""
    here = services(request)
    given = filled_in(request)
    try:
        day, hours = _read(here, given)
    except ValueError as error:
        return _page(request, session, given, str(error))
    await here.hours.set(day, hours)
    return redirect(_HERE, status=303)


@blueprint.post(f"{_HERE}/hours/remove")
@supervisors(audit="changed_hours")
async def remove_hours(request: Request, _: Session) -> HTTPResponse:
    """Gives a day its regular hours again."""
    try:
        day = date.fromisoformat(filled_in(request).get("day", ""))
    except ValueError:
        return redirect(_HERE, status=303)
    await services(request).hours.remove(day)
    return redirect(_HERE, status=303)


def _today(here: Services) -> date:
    return here.clock.now().astimezone(TOKYO).date()


def _read(here: Services, given: dict[str, str]) -> tuple[date, OpeningHours | None]:
    """The day and its hours.

    Raises:
        ValueError: with the key of the words that say what is wrong.
    """
    try:
        day = date.fromisoformat(given.get("day", ""))
    except ValueError as error:
        raise ValueError("hours_day_wrong") from error
    today = _today(here)
    if not today <= day <= today + timedelta(days=AHEAD_DAYS):
        raise ValueError("hours_day_wrong")
    if given.get("kind") == "closed":
        return day, None
    try:
        return day, OpeningHours.parse(f"{given.get('opens')}-{given.get('closes')}")
    except ValueError as error:
        raise ValueError("hours_span_wrong") from error


def _page(
    request: Request, session: Session, given: dict[str, str] | None = None, problem: str = ""
) -> HTTPResponse:
    here = services(request)
    today = _today(here)
    return shown(
        request,
        session,
        "settings.html",
        status=422 if problem else 200,
        regular=str(here.calendar),
        days=[
            {"day": day.isoformat(), "name": f"{day.year}年{spoken_day(day)}", "hours": hours}
            for day, hours in here.calendar.upcoming(here.clock.now(), AHEAD_DAYS + 1)
        ],
        given={"day": "", "kind": "closed", "opens": "10:00", "closes": "15:00", **(given or {})},
        problem=here.wording.render(problem) if problem else "",
        first=today.isoformat(),
        last=(today + timedelta(days=AHEAD_DAYS)).isoformat(),
    )
