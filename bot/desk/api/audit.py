"""The audit log, for supervisors: who did what at the desk."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.api.statistics import given
from bot.desk.csv_file import csv_file
from bot.desk.deeds import deeds, page_of, read_wanted
from bot.desk.guard import AUDITED, supervisors
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_audit")
AUDITED.add("exported_audit")
MAX_ROWS = 50_000
"""A file of more would not open in every spreadsheet; a shorter period is asked for then."""


@routes.get("/audit")
@supervisors(audit="saw_audit")
async def audit(request: Request, _: Session) -> HTTPResponse:
    """A page of entries, newest first."""
    here = services(request)
    wanted = read_wanted(given(request), here.clock.now().date())
    found, following = await page_of(here.audit, wanted)
    return json({"entries": [asdict(deed) for deed in found], "next": following})


@routes.get("/audit/csv")
@supervisors()
async def audit_csv(request: Request, session: Session) -> HTTPResponse:
    """All entries as a file, newest first."""
    here = services(request)
    wanted = read_wanted(given(request), here.clock.now().date())
    words = here.desk_words
    rows = [[words.columns[name] for name in ("at", "operator", "action", "subject")]]
    async for deed in deeds(here.audit, wanted):
        told = " ".join(f"{words.subjects.get(k, k)}:{v}" for k, v in deed.subject.items())
        rows.append([deed.at, deed.operator, words.actions.get(deed.action, deed.action), told])
        if len(rows) > MAX_ROWS:
            break
    days = {"from": wanted.period.first.isoformat(), "to": wanted.period.last.isoformat()}
    await here.audit.record("exported_audit", session.name, days)
    return csv_file(f"audit-{days['from']}-{days['to']}", rows)
