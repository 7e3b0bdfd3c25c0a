"""The webhook's address: where it is, that it is set, whether somebody answers there."""

from __future__ import annotations

from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlsplit

from sanic import Blueprint, Request

from bot.channels.line.simulator.answers import Answer, Refused, wrong_body
from bot.channels.line.simulator.calls import call, given, line, text

blueprint = Blueprint("line_endpoint", url_prefix="/v2/bot/channel/webhook")

MAX_ENDPOINT = 500
_REASONS = {
    (True, True): "OK",
    (False, True): "ERROR_STATUS_CODE",
    (False, False): "COULD_NOT_CONNECT",
}
"""By whether it was a 200, and whether there was an answer at all."""
_LOCAL = {"localhost", "127.0.0.1", "::1"}


@blueprint.get("/endpoint")
@call("endpoint")
def endpoint(request: Request) -> Answer:
    """Where webhooks go."""
    webhooks = line(request).webhooks
    if not webhooks.endpoint:
        raise Refused(HTTPStatus.NOT_FOUND, "Webhook endpoint not found")
    return Answer({"endpoint": webhooks.endpoint, "active": webhooks.active})


@blueprint.put("/endpoint")
@call("set_endpoint")
def set_endpoint(request: Request) -> Answer:
    """Sends webhooks elsewhere from now on; HTTPS, as with LINE, except on this machine."""
    address = text(given(request), "endpoint")
    parts = urlsplit(address)
    local = parts.hostname in _LOCAL
    if (parts.scheme != "https" and not local) or len(address) > MAX_ENDPOINT:
        raise wrong_body([{"message": "Invalid webhook endpoint URL", "property": "endpoint"}])
    line(request).webhooks.endpoint = address
    return Answer()


@blueprint.post("/test")
@call("test_endpoint")
async def test_endpoint(request: Request) -> Answer:
    """Sends an empty webhook and says how it was answered."""
    webhooks = line(request).webhooks
    address = given(request).get("endpoint") or webhooks.endpoint
    delivery = await webhooks.attempt([], endpoint=address)
    ok = delivery.status == HTTPStatus.OK
    at = datetime.now(UTC).isoformat(timespec="milliseconds")
    return Answer(
        {
            "success": ok,
            "timestamp": at.replace("+00:00", "Z"),
            "statusCode": delivery.status,
            "reason": _REASONS[ok, bool(delivery.status)],
            "detail": str(delivery.status or "no answer"),
        }
    )
