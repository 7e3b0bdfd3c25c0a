"""The simulator as a Sanic app of its own."""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sanic import Sanic, json
from sanic.exceptions import SanicException

from bot.channels.line.simulator import control, endpoint, menus, messaging, pages
from bot.channels.line.simulator.answers import Refused
from bot.channels.line.simulator.line import Line

if TYPE_CHECKING:
    from sanic import HTTPResponse, Request
    from sanic.response import BaseHTTPResponse

    from bot.channels.line.simulator.line import Keys

logger = logging.getLogger(__name__)

MAX_BODY_BYTES = 4 * 1024 * 1024
_HEADERS = {
    "content-security-policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


def create_simulator(keys: Keys, name: str = "line_simulator") -> Sanic[Any, Any]:
    """The app over a LINE that starts empty."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False
    app.config.MOTD = False
    app.config.RESPONSE_TIMEOUT = 120.0  # an answer may be held back on command
    app.ctx.keys = keys
    for part in (messaging, endpoint, menus, control, pages):
        app.blueprint(part.blueprint)
    app.blueprint(pages.home)
    app.exception(Exception)(_answer_error)
    app.middleware(_keep_others_out, "request")
    app.middleware(_finish, "response")
    app.before_server_start(_start)
    app.after_server_stop(_stop)
    return app


async def _start(app: Sanic[Any, Any]) -> None:
    app.ctx.line = Line(app.ctx.keys)


async def _stop(app: Sanic[Any, Any]) -> None:
    await app.ctx.line.stop()


async def _keep_others_out(request: Request) -> HTTPResponse | None:
    """No other web site may use a browser on this machine to command the simulator."""
    if request.headers.get("sec-fetch-site", "none") in {"none", "same-origin"}:
        return None
    navigates = request.headers.get("sec-fetch-mode") == "navigate" and request.method == "GET"
    return None if navigates else json({"message": "forbidden"}, HTTPStatus.FORBIDDEN)


async def _finish(request: Request, response: BaseHTTPResponse) -> None:
    del request
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)


async def _answer_error(request: Request, error: Exception) -> HTTPResponse:
    if isinstance(error, Refused):
        found = error.answer()
        return json(found.body, found.status)
    if isinstance(error, SanicException):
        return json({"message": str(error)}, error.status_code)
    if isinstance(error, KeyError | TypeError | ValueError):
        return json({"message": f"bad request: {error}"}, HTTPStatus.BAD_REQUEST)
    logger.error("%s %s: %r", request.method, request.path, error, exc_info=error)
    return json({"message": "Internal server error"}, HTTPStatus.INTERNAL_SERVER_ERROR)
