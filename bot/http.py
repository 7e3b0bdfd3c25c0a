"""What all HTTP handlers share: bodies, errors in Japanese, event streams, security headers."""

from __future__ import annotations

import asyncio
import logging
from contextlib import aclosing, suppress
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from redis.exceptions import RedisError
from sanic import Sanic, json
from sanic.constants import HTTP_METHODS
from sanic.exceptions import SanicException

from bot import cors
from bot.conversation.model import START, position
from bot.errors import Conflict, NotReplicated, RequestError, bad_request, busy
from bot.tasks import until

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator

    from sanic import HTTPResponse, Request
    from sanic.response import BaseHTTPResponse

    from bot.bootstrap import Services

logger = logging.getLogger(__name__)

MAX_CLIENT_ID = 200
MAX_BODY_BYTES = 64 * 1024
RETRY_AFTER_SECONDS = 3
SLOW_SECONDS = 20.0
"""Whoever takes nothing off a full stream for so long is cut off; a browser then comes again."""

_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
    "referrer-policy": "same-origin",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}
_STATUS_WORDS = {
    HTTPStatus.NOT_FOUND: "not_found",
    HTTPStatus.METHOD_NOT_ALLOWED: "method_not_allowed",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "payload_too_large",
    HTTPStatus.SERVICE_UNAVAILABLE: "service_unavailable",
}


def services(request: Request) -> Services:
    """The services that `bootstrap` built."""
    found: Services = request.app.ctx.services
    return found


def body(request: Request) -> dict[str, Any]:
    """The request's JSON object.

    Raises:
        RequestError: 400, if it is anything else, 413, if it is too large.
    """
    if len(request.body) > MAX_BODY_BYTES:
        raise RequestError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "payload_too_large")
    try:
        given = request.json
    except SanicException as error:
        raise bad_request("invalid_json") from error
    if not isinstance(given, dict):
        raise bad_request("invalid_json")
    return given


def filled_in(request: Request) -> dict[str, str]:
    """The fields of a form that a page without scripts sends, the first of each name."""
    return {str(name): str(values[0]) for name, values in (request.form or {}).items()}


def text_field(given: dict[str, Any], name: str) -> str:
    """A field that must be a non-empty text of at most 200 characters."""
    value = given.get(name)
    if not isinstance(value, str) or not value or len(value) > MAX_CLIENT_ID:
        raise bad_request("missing_field", field=name)
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise bad_request("invalid_characters") from error
    return value


def cursor(text: str | None) -> str:
    """A message ID to read on from; none at all means from the start.

    Raises:
        RequestError: 400, if it is no message ID.
    """
    try:
        position(text or START)
    except ValueError as error:
        raise bad_request("unknown_message") from error
    return text or START


async def send_events(request: Request, events: AsyncGenerator[str]) -> None:
    """Sends server-sent events until the browser goes, or no longer reads.

    Where `request.ctx.ends` is set, it is a coroutine function that returns when whoever listens
    may listen no longer.

    Raises:
        RequestError: 503, if as many streams are open as may be.
    """
    here, opened = services(request), object()
    if len(here.streams) >= here.settings.max_streams:
        raise busy(RETRY_AFTER_SECONDS)
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8",
        headers={"cache-control": "no-store", "x-accel-buffering": "no"},
    )
    if response is None:
        return
    ends = getattr(request.ctx, "ends", None)
    here.streams.add(opened)
    try:
        with here.metrics.streams.track_inprogress():
            async with aclosing(until(ends(), events) if ends else events) as frames:
                async for frame in frames:
                    async with asyncio.timeout(SLOW_SECONDS):
                        await response.send(frame)
    except TimeoutError:
        here.metrics.cut_streams.inc()
        cast("asyncio.Transport", request.transport).abort()
    finally:
        here.streams.discard(opened)


def install(app: Sanic[Any, Any]) -> None:
    """Gives an app the error answers, the security headers and the request count."""
    app.exception(Exception)(_answer_error)
    app.middleware(_finish, "response")


async def _answer_error(request: Request, error: Exception) -> HTTPResponse:
    """Any error as JSON with a Japanese text; never a trace, never English."""
    if (answered := cors.preflight(request)) is not None:
        return answered
    known = _known(error)
    if known.status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        logger.error("%s %s: %r", request.method, request.path, error, exc_info=error)
    text = services(request).wording.render(f"error_{known.code}", **known.values)
    headers = {"retry-after": str(known.retry_after)} if known.retry_after else {}
    if known.status == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["allow"] = ", ".join(_methods(request))
    answer = {"error": {"code": known.code, "message": text}}
    return json(answer, status=known.status, headers=headers)


def _methods(request: Request) -> list[str]:
    """The methods that the path takes; Sanic's error knows them for paths without parameters."""
    found = []
    for method in HTTP_METHODS:
        with suppress(SanicException):
            request.app.router.get(request.path, method, None)
            found.append(str(method))
    return found


def _known(error: Exception) -> RequestError:
    if isinstance(error, RequestError):
        return error
    if isinstance(error, RedisError | ConnectionError | NotReplicated):
        status = HTTPStatus.SERVICE_UNAVAILABLE
        return RequestError(status, "service_unavailable", retry_after=RETRY_AFTER_SECONDS)
    if isinstance(error, Conflict):
        return RequestError(HTTPStatus.CONFLICT, "wrong_state")
    status = HTTPStatus(getattr(error, "status_code", HTTPStatus.INTERNAL_SERVER_ERROR))
    if status in _STATUS_WORDS:
        return RequestError(status, _STATUS_WORDS[status])
    if HTTPStatus.BAD_REQUEST <= status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return RequestError(status, "invalid_json")
    return RequestError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal")


async def _finish(request: Request, response: BaseHTTPResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if request.path.startswith("/api/"):
        response.headers.setdefault("cache-control", "no-store")
    cors.share(request, response, services(request).settings.embedding_sites)
    if services(request).settings.production:
        response.headers.setdefault("strict-transport-security", "max-age=31536000")
    services(request).metrics.requests.labels(request.method, response.status).inc()
