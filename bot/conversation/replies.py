"""Small pure helpers with which the flow words its replies."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.conversation.model import Change, Draft, Offer, Role
from bot.worded import Worded

if TYPE_CHECKING:
    from datetime import date, datetime

    from bot.conversation.hours import OpeningHours
    from bot.conversation.model import Message, Outcome
    from bot.wording import Wording


def offer(wording: Wording, label: str, intent: str) -> Offer:
    """A choice with a label from the wording."""
    return Offer(wording.render(label), {"intent": intent})


def last(message: Message, text: str, outcome: Outcome, *offers: Offer) -> Draft:
    """The bot's one and last reply to a message."""
    return Draft(Role.BOT, text, message.id, outcome, offers=offers, final=True)


def notice(message: Message, text: str, *offers: Offer) -> Draft:
    """A word of the system in between; the turn is still to come."""
    return Draft(Role.SYSTEM, text, message.id, offers=offers)


def joined(first: Change, second: Change) -> Change:
    """Two changes of one turn as one; the second wins where both set a field."""
    return replace(
        first,
        drafts=first.drafts + second.drafts,
        fields=first.fields | second.fields,
        tickets=first.tickets + second.tickets,
        history=first.history + second.history,
    )


def finished(change: Change) -> Change:
    """The change with its last message, and no other, marked as the last of the turn."""
    *before, end = change.drafts
    drafts = (*(replace(draft, final=False) for draft in before), replace(end, final=True))
    return replace(change, drafts=drafts)


DAYS_AHEAD = 14
"""So many days ahead people are told of other hours."""
_WEEKDAYS = "月火水木金土日"


def spoken_time(then: datetime, now: datetime) -> Worded:
    """A moment as people say it: 本日8:00, 明日8:00, 4月3日（土）8:00 (both in one zone)."""
    days = (then.date() - now.date()).days
    day = ("本日", "明日")[days] if days in {0, 1} else spoken_day(then.date())
    easy_day = "今日" if days == 0 else day
    time = f"{then.hour}:{then.minute:02}"
    return Worded(f"{day}{time}", f"{easy_day}の　{time}")


def spoken_day(day: date) -> str:
    """A date as people say it: 4月3日（土）."""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def spoken_hours(wording: Wording, day: date, hours: OpeningHours | None) -> str:
    """A day's hours: 4月3日（土）は10:00〜15:00, 4月3日（土）は休み."""
    if hours is None:
        return wording.render("hours_closed_on", day=spoken_day(day))
    return wording.render("hours_on", day=spoken_day(day), hours=str(hours))
