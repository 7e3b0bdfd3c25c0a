"""How any call of the Messaging API is met: the token, failures on command, the record."""

from __future__ import annotations

import asyncio
import hmac
from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, cast

from sanic import Request, json, raw
from sanic.exceptions import SanicException

from bot.channels.line.simulator import ids
from bot.channels.line.simulator.answers import REQUEST_ID, RETRY_KEY, Answer, Refused, wrong_body

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from sanic import HTTPResponse

    from bot.channels.line.simulator.faults import Fault
    from bot.channels.line.simulator.line import Line

    Act = Callable[..., Answer | Coroutine[Any, Any, Answer]]
    Handler = Callable[..., Coroutine[Any, Any, HTTPResponse]]

_WRONG_TOKEN = (
    "Authentication failed. Confirm that the access token in the authorization header is valid."  # noqa: S105
)
_SAID = {
    HTTPStatus.TOO_MANY_REQUESTS: "The API rate limit has been exceeded. Try again later.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Service unavailable",
}


def line(request: Request) -> Line:
    """The LINE behind this app."""
    found: Line = request.app.ctx.line
    return found


def given(request: Request) -> dict[str, Any]:
    """The request's JSON object.

    Raises:
        Refused: 400, if it is anything else.
    """
    try:
        body = request.json
    except SanicException:
        body = None
    if not isinstance(body, dict):
        raise Refused(HTTPStatus.BAD_REQUEST, "The request body could not be parsed as JSON")
    return body


def text(body: dict[str, Any], name: str) -> str:
    """A text that must be there.

    Raises:
        Refused: 400, if it is not.
    """
    value = body.get(name)
    if not isinstance(value, str) or not value:
        raise wrong_body([{"message": "May not be empty", "property": name}])
    return value


def call(name: str, *, retry_key: bool = False) -> Callable[[Act], Handler]:
    """Makes a handler of what a call does; `name` is how faults and the record call it."""

    def handler_of(act: Act) -> Handler:
        @wraps(act)
        async def handle(request: Request, **places: str) -> HTTPResponse:
            # Carried out to the end even if the caller gives up: so does LINE.
            return await asyncio.shield(_meet(request, name, act, places, retry_key=retry_key))

        return handle

    return handler_of


async def _meet(
    request: Request, name: str, act: Act, places: dict[str, str], *, retry_key: bool
) -> HTTPResponse:
    here, request_id = line(request), ids.request_id()
    request.ctx.request_id = request_id
    fault = here.faults.strike(name)
    if fault:
        await asyncio.sleep(fault.before)
    answer = await _answer(request, act, places, retry_key=retry_key) if _acts(fault) else None
    if fault:
        await asyncio.sleep(fault.after)
        answer = _instead(fault, answer)
    shown = None if fault and fault.drop else answer
    here.note(name, _kept(request), shown, request_id)
    if shown is None:
        cast("asyncio.WriteTransport", request.transport).abort()
        return raw(b"", HTTPStatus.INTERNAL_SERVER_ERROR)
    headers = {REQUEST_ID: request_id, **shown.headers}
    if isinstance(shown.body, bytes):
        return raw(shown.body, shown.status, headers=headers)
    return json(shown.body, shown.status, headers=headers)


def _acts(fault: Fault | None) -> bool:
    return fault is None or fault.act or (fault.status is None and not fault.drop)


def _instead(fault: Fault, answer: Answer | None) -> Answer | None:
    if fault.status is None:
        return answer
    said = fault.message or _SAID.get(HTTPStatus(fault.status), "Internal server error")
    headers = {"Retry-After": str(fault.retry_after)} if fault.retry_after else {}
    return Answer({"message": said}, fault.status, headers)


async def _answer(request: Request, act: Act, places: dict[str, str], *, retry_key: bool) -> Answer:
    try:
        _authorize(request, retry_key=retry_key)
        found = act(request, **places)
        return found if isinstance(found, Answer) else await found
    except Refused as refused:
        return refused.answer()


def _authorize(request: Request, *, retry_key: bool) -> None:
    token = (request.token or "").encode(errors="surrogateescape")
    if not hmac.compare_digest(token, line(request).keys.access_token.encode()):
        raise Refused(HTTPStatus.UNAUTHORIZED, _WRONG_TOKEN)
    if RETRY_KEY in request.headers and not retry_key:
        raise Refused(HTTPStatus.BAD_REQUEST, f"{RETRY_KEY} is not supported by this API")


def _kept(request: Request) -> Any:  # noqa: ANN401 - whatever was sent
    if not request.body or "json" not in (request.content_type or ""):
        return None
    try:
        return request.json
    except SanicException:
        return None
