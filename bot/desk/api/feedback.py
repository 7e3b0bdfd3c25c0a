"""What citizens think of answers and conversations, for supervisors."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.api.statistics import given
from bot.desk.csv_file import csv_file
from bot.desk.guard import AUDITED, supervisors
from bot.desk.report import names
from bot.desk.sayings import page_of, read_asked, sayings
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_feedback")
AUDITED.add("exported_feedback")


@routes.get("/feedback")
@supervisors()
async def feedback(request: Request, _: Session) -> HTTPResponse:
    """A page of feedback, newest first."""
    here = services(request)
    asked = read_asked(given(request), here.clock.now().date())
    found = await sayings(here.feedback, asked)
    page, following = page_of(found, asked)
    return json(
        {
            "feedback": [asdict(word) for word in page],
            "next": following,
            "helpful": found.helpful,
            "unhelpful": found.unhelpful,
        }
    )


@routes.get("/feedback/csv")
@supervisors()
async def feedback_csv(request: Request, session: Session) -> HTTPResponse:
    """All feedback of a period as a file, newest first."""
    here = services(request)
    asked = read_asked(given(request), here.clock.now().date())
    found = await sayings(here.feedback, asked)
    words, called = here.desk_words.columns, names(here)
    heads = ("at", "value", "comment", "initiative", "facet", "conversation")
    rows = [[words[head] for head in heads]]
    rows += [
        [
            word.at,
            words["helpful" if word.helpful else "unhelpful"],
            word.comment or "",
            called.initiatives.get(word.initiative or "", ""),
            called.facets.get(word.facet or "", ""),
            word.conversation_id,
        ]
        for word in found.words
    ]
    days = {"from": asked.period.first.isoformat(), "to": asked.period.last.isoformat()}
    await here.audit.record("exported_feedback", session.name, days)
    return csv_file(f"feedback-{days['from']}-{days['to']}", rows)
