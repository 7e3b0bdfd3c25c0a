"""Who may use which part of the desk; what matters of it goes into the audit log."""

from __future__ import annotations

import hmac
from functools import partial, wraps
from http import HTTPStatus
from typing import TYPE_CHECKING

from sanic import redirect

from bot.desk.accounts import OperatorRole, account_subject
from bot.desk.rendering import shown
from bot.errors import forbidden, unauthorized
from bot.http import filled_in, services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sanic import HTTPResponse, Request

    from bot.desk.accounts import Session

    Handler = Callable[..., Awaitable[HTTPResponse | None]]

COOKIE = "desk_session"
AUDITED: set[str] = set()
"""All that the guards may put down in the audit log; a test wants a word for each."""
CHECK_SECONDS = 15.0
"""So often an open stream looks whether its session still counts, should it not be told."""
LOOK_SECONDS = 60
"""Who reads the same again within so long is still looking: a page loads anew what changes."""
_READING = frozenset({"GET", "HEAD"})


def operators(
    audit: str | None = None, *, with_initial_password: bool = False
) -> Callable[[Handler], Handler]:
    """Lets every operator in, and writing requests only with the session's CSRF token.

    `audit` names what a successful request did, for the audit log; None is for what nobody will
    ever ask about. Who has yet to choose a password is let in only `with_initial_password`.
    """
    return _guard(frozenset(OperatorRole), audit, with_initial_password=with_initial_password)


def supervisors(audit: str | None = None) -> Callable[[Handler], Handler]:
    """Lets supervisors in alone; otherwise like `operators`."""
    return _guard(frozenset({OperatorRole.SUPERVISOR}), audit)


def page(
    audit: str | None = None,
    *,
    supervisors_only: bool = False,
    with_initial_password: bool = False,
) -> Callable[[Handler], Handler]:
    """For pages: whoever may not see one is led to where the way to it begins, or told so."""
    if audit:
        AUDITED.add(audit)

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request) -> HTTPResponse | None:
            session = await current_session(request)
            if session is None:
                return redirect("/desk/login")
            if session.must_change and not with_initial_password:
                return redirect("/desk/password")
            if supervisors_only and session.role != OperatorRole.SUPERVISOR:
                return shown(request, session, "forbidden.html", status=HTTPStatus.FORBIDDEN)
            response = await handler(request, session)
            if audit:
                await services(request).audit.record(audit, session.name, {})
            return response

        return guarded

    return decorate


async def current_session(request: Request) -> Session | None:
    """Who asks, by the session cookie."""
    token = request.cookies.get(COOKIE)
    return await services(request).operators.session(token) if token else None


def _guard(
    roles: frozenset[OperatorRole], audit: str | None, *, with_initial_password: bool = False
) -> Callable[[Handler], Handler]:
    if audit:
        AUDITED.add(audit)

    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse | None:
            session = await _admit(request, roles, with_initial_password=with_initial_password)
            request.ctx.ends = partial(_ends, request, session)
            response = await handler(request, session, **path)
            if audit:
                once_in = LOOK_SECONDS if request.method in _READING else 0
                await services(request).audit.record(audit, session.name, path, once_in=once_in)
            return response

        return guarded

    return decorate


async def _admit(
    request: Request, roles: frozenset[OperatorRole], *, with_initial_password: bool
) -> Session:
    session = await current_session(request)
    if session is None:
        raise unauthorized("login_required")
    if session.must_change and not with_initial_password:
        raise forbidden("password_change_required")
    if session.role not in roles:
        raise forbidden("supervisors_only")
    writes = request.method not in _READING
    if writes and not hmac.compare_digest(_csrf_of(request), session.csrf.encode()):
        raise forbidden("csrf")
    return session


def _csrf_of(request: Request) -> bytes:
    """The token as scripts send it, or as a page's form does."""
    given = request.headers.get("x-csrf-token") or filled_in(request).get("csrf_token", "")
    return given.encode(errors="surrogateescape")


async def _ends(request: Request, session: Session) -> None:
    """Returns when the session counts no longer."""
    with services(request).hub.watch(account_subject(session.name)) as watcher:
        while await current_session(request) is not None:
            await watcher.wait(CHECK_SECONDS)
