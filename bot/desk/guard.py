"""Who may use which part of the desk; what matters of it goes into the audit log."""

from __future__ import annotations

import hmac
from functools import wraps
from typing import TYPE_CHECKING

from bot.desk.accounts import OperatorRole
from bot.errors import forbidden, unauthorized
from bot.http import filled_in, services

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sanic import HTTPResponse, Request

    from bot.desk.accounts import Session

    Handler = Callable[..., Awaitable[HTTPResponse | None]]

COOKIE = "desk_session"
_READING = frozenset({"GET", "HEAD"})


def operators(audit: str | None = None) -> Callable[[Handler], Handler]:
    """Lets every operator in, and writing requests only with the session's CSRF token.

    `audit` names what a successful request did, for the audit log; None is for what nobody will
    ever ask about.
    """
    return _guard(frozenset(OperatorRole), audit)


def supervisors(audit: str | None = None) -> Callable[[Handler], Handler]:
    """Lets supervisors in alone; otherwise like `operators`."""
    return _guard(frozenset({OperatorRole.SUPERVISOR}), audit)


async def current_session(request: Request) -> Session | None:
    """Who asks, by the session cookie."""
    token = request.cookies.get(COOKIE)
    return await services(request).operators.session(token) if token else None


def _guard(roles: frozenset[OperatorRole], audit: str | None) -> Callable[[Handler], Handler]:
    def decorate(handler: Handler) -> Handler:
        @wraps(handler)
        async def guarded(request: Request, **path: str) -> HTTPResponse | None:
            session = await _admit(request, roles)
            response = await handler(request, session, **path)
            if audit:
                await services(request).audit.record(audit, session.name, path)
            return response

        return guarded

    return decorate


async def _admit(request: Request, roles: frozenset[OperatorRole]) -> Session:
    session = await current_session(request)
    if session is None:
        raise unauthorized("login_required")
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
