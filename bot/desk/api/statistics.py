"""The statistics of some days, for supervisors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sanic import Blueprint, Request, json

from bot.desk.csv_file import csv_file
from bot.desk.guard import AUDITED, supervisors
from bot.desk.report import report, tables
from bot.errors import bad_request
from bot.http import services
from bot.statistics.period import read_period

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.desk.accounts import Session

routes = Blueprint("desk_statistics")
AUDITED.add("exported_statistics")


@routes.get("/statistics")
@supervisors()
async def statistics(request: Request, _: Session) -> HTTPResponse:
    """All figures of a period."""
    here = services(request)
    period = read_period(given(request), here.clock.now().date())
    return json((await report(here, period)).public())


@routes.get("/statistics/csv")
@supervisors()
async def statistics_csv(request: Request, session: Session) -> HTTPResponse:
    """One table of a period as a file, or all of them."""
    here = services(request)
    period = read_period(given(request), here.clock.now().date())
    found = tables(here, await report(here, period))
    key = request.args.get("table")
    wanted = [table for table in found if key in {None, table.key}]
    if key not in {None, *here.desk_words.tables}:
        raise bad_request("missing_field", field="table")
    rows: list[list[str | int | float]] = []
    for table in wanted:
        rows += [[table.title], *table.plain, []]
    days = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    await here.audit.record("exported_statistics", session.name, days)
    return csv_file(f"statistics-{key or 'all'}-{days['from']}-{days['to']}", rows)


def given(request: Request) -> dict[str, str]:
    """The query of a request, each field's first value."""
    return {name: values[0] for name, values in request.args.items()}
