"""Pages for supervisors and for one's own account, drawn by the server."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from sanic import Blueprint, Request

from bot.desk import deeds, sayings
from bot.desk.api.accounts import shown_accounts
from bot.desk.api.statistics import given
from bot.desk.charts import chart
from bot.desk.guard import page
from bot.desk.rendering import shown
from bot.desk.report import names, report, tables
from bot.errors import RequestError
from bot.http import services
from bot.statistics.figures import figures, summed
from bot.statistics.period import Period, read_period

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sanic import HTTPResponse

    from bot.bootstrap import Services
    from bot.desk.accounts import Session

blueprint = Blueprint("desk_reports")
Asked = TypeVar("Asked")


@blueprint.get("/desk/statistics")
@page(supervisors_only=True)
async def statistics(request: Request, session: Session) -> HTTPResponse:
    """Figures, charts and tables of a period."""
    here = services(request)
    today = here.clock.now().date()
    period, problem = _or_usual(request, lambda asked: read_period(asked, today))
    found = await report(here, period)
    drawn = [(table, chart(table)) for table in tables(here, found)]
    helpful = sum(word.helpful for word in found.feedback)
    return shown(
        request,
        session,
        "statistics.html",
        status=400 if problem else 200,
        period=period,
        problem=problem,
        shortcuts=_shortcuts(today),
        total=figures(summed(found.days.values())),
        tables=drawn,
        helpful=helpful,
        judged=len(found.feedback),
        questions=found.questions,
        query=_query(period),
    )


@blueprint.get("/desk/operators")
@page(supervisors_only=True)
async def operators(request: Request, session: Session) -> HTTPResponse:
    """Accounts, and what can be done with them."""
    here = services(request)
    accounts = await shown_accounts(here)
    return shown(request, session, "operators.html", accounts=accounts, roles=here.desk_words.roles)


@blueprint.get("/desk/audit")
@page("saw_audit", supervisors_only=True)
async def audit(request: Request, session: Session) -> HTTPResponse:
    """Who did what."""
    here = services(request)
    today = here.clock.now().date()
    wanted, problem = _or_usual(request, lambda asked: deeds.read_wanted(asked, today))
    found, following = await deeds.page_of(here.audit, wanted)
    filters = {"operator": wanted.operator, "action": wanted.action}
    return shown(
        request,
        session,
        "audit.html",
        status=400 if problem else 200,
        period=wanted.period,
        problem=problem,
        deeds=found,
        wanted=wanted,
        operators=[account.name for account in await here.operators.all()],
        words=here.desk_words,
        query=_query(wanted.period, **filters),
        following=_query(wanted.period, **filters, before=following) if following else None,
    )


@blueprint.get("/desk/feedback")
@page(supervisors_only=True)
async def feedback(request: Request, session: Session) -> HTTPResponse:
    """What citizens think."""
    here = services(request)
    today = here.clock.now().date()
    asked, problem = _or_usual(request, lambda asked: sayings.read_asked(asked, today))
    found = await sayings.sayings(here.feedback, asked)
    words, following = sayings.page_of(found, asked)
    filters = {
        "helpful": None if asked.helpful is None else str(asked.helpful).lower(),
        "commented": "true" if asked.commented else None,
    }
    return shown(
        request,
        session,
        "feedback.html",
        status=400 if problem else 200,
        period=asked.period,
        problem=problem,
        found=found,
        words=words,
        asked=asked,
        names=names(here),
        query=_query(asked.period, **filters),
        following=_query(asked.period, **filters, before=following) if following else None,
    )


@blueprint.get("/desk/export")
@page()
async def export(request: Request, session: Session) -> HTTPResponse:
    """Where the record of a conversation is taken out."""
    here = services(request)
    wanted = (request.args.get("conversation") or "").strip()
    conversation, problem = None, None
    if wanted:
        try:
            conversation = await here.store.load(await _conversation_id(here, wanted))
        except RequestError as error:
            problem = here.wording.render(f"error_{error.code}", **error.values)
    return shown(
        request,
        session,
        "export.html",
        wanted=wanted,
        problem=problem,
        conversation=conversation,
        words=here.desk_words,
    )


@blueprint.get("/desk/password")
@page(with_initial_password=True)
async def password(request: Request, session: Session) -> HTTPResponse:
    """Where one chooses another password."""
    return shown(request, session, "password.html")


async def _conversation_id(here: Services, wanted: str) -> str:
    """The conversation of its own number, or of a receipt number."""
    try:
        return (await here.tickets.find(wanted)).conversation_id
    except RequestError:
        return wanted


def _or_usual(
    request: Request, read: Callable[[Mapping[str, str]], Asked]
) -> tuple[Asked, str | None]:
    """What a page is asked for; if that will not do, the usual, and what is wrong."""
    try:
        return read(given(request)), None
    except RequestError as error:
        problem = services(request).wording.render(f"error_{error.code}", **error.values)
        return read({}), problem


def _shortcuts(today: date) -> dict[str, str]:
    """Queries of periods that are asked for often, by their name."""
    yesterday = today - timedelta(days=1)
    week, month = today - timedelta(days=6), today - timedelta(days=29)
    return {
        "today": _query(Period(today, today)),
        "yesterday": _query(Period(yesterday, yesterday)),
        "week": _query(Period(week, today)),
        "month": _query(Period(month, today)),
    }


def _query(period: Period, **more: str | None) -> str:
    fields: dict[str, Any] = {"from": period.first.isoformat(), "to": period.last.isoformat()}
    fields |= {name: value for name, value in more.items() if value}
    return urlencode(fields)
