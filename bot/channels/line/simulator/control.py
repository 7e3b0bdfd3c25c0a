"""Commands for tests: what fails, what time it is, which webhooks go out how; and the records."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, empty, json

from bot.channels.line.simulator.answers import Refused
from bot.channels.line.simulator.calls import given, line
from bot.channels.line.simulator.citizens import Citizens, Deed

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.channels.line.simulator.phones import Phone

blueprint = Blueprint("line_control", url_prefix="/simulator/control")

_MAX_DEEDS = 500


@blueprint.get("/state")
async def state(request: Request) -> HTTPResponse:
    """How things stand."""
    here = line(request)
    return json(
        {
            "webhooks_under_way": here.webhooks.under_way,
            "calls": here.calls_met,
            "faults": here.faults.waiting(),
            "faults_met": here.faults.met,
            "quota": {"limit": here.quota.limit, "used": here.quota.used},
            "now": here.clock.now(),
        }
    )


@blueprint.post("/faults")
async def add_fault(request: Request) -> HTTPResponse:
    """Lets a call fail (`faults.Fault` has the fields)."""
    try:
        line(request).faults.add(given(request))
    except (ValueError, TypeError) as error:
        raise Refused(HTTPStatus.BAD_REQUEST, str(error)) from error
    return empty()


@blueprint.delete("/faults")
async def clear_faults(request: Request) -> HTTPResponse:
    """All goes well from now on."""
    line(request).faults.clear()
    return empty()


@blueprint.post("/quota")
async def set_quota(request: Request) -> HTTPResponse:
    """`limit` (null: none) and `used`, as far as given."""
    quota, body = line(request).quota, given(request)
    quota.limit = body.get("limit", quota.limit)
    quota.used = body.get("used", quota.used)
    return empty()


@blueprint.post("/clock")
async def move_clock(request: Request) -> HTTPResponse:
    """Moves time on by `jump` seconds: tokens and keys age, nobody waits."""
    line(request).clock.jump(float(given(request)["jump"]))
    return empty()


@blueprint.post("/webhooks")
async def set_webhooks(request: Request) -> HTTPResponse:
    """`active`: whether any are sent; `redeliver`: whether again after a failure; `endpoint`."""
    webhooks, body = line(request).webhooks, given(request)
    webhooks.active = body.get("active", webhooks.active)
    webhooks.redeliver = body.get("redeliver", webhooks.redeliver)
    webhooks.endpoint = body.get("endpoint", webhooks.endpoint)
    return empty()


@blueprint.post("/batch")
async def batch(request: Request) -> HTTPResponse:
    """Many deeds at once, and exactly how their events go out.

    `deeds`: as on a phone, each with its `phone`, and with `offset_ms` for its timestamp; `of_deed`
    in place of `message_id` names the deed whose message is unsent. `sends`: webhooks, each
    `{"events": [numbers of deeds], "after": seconds, "again": as redelivered}`; a number may stand
    in several. Answers with the events.
    """
    body = given(request)
    deeds = body["deeds"][:_MAX_DEEDS]
    citizens = Citizens(line(request))
    made: list[dict[str, Any] | None] = []
    for deed in deeds:
        unsent = made[deed.pop("of_deed")] if "of_deed" in deed else None
        named = {"message_id": unsent["message"]["id"]} if unsent else {}
        made.append(citizens.do(phone(request, deed.pop("phone")), Deed(**deed, **named)))
    for send in body.get("sends") or [{"events": [number]} for number in range(len(made))]:
        events = [event for number in send["events"] if (event := made[number])]
        after, again = float(send.get("after", 0)), bool(send.get("again"))
        line(request).webhooks.send(events, after, again=again)
    return json({"events": made}, HTTPStatus.ACCEPTED)


@blueprint.post("/again")
async def again(request: Request) -> HTTPResponse:
    """Sends the last webhook once more, marked as redelivered."""
    line(request).webhooks.send_last_again()
    return empty()


@blueprint.get("/calls")
async def calls(request: Request) -> HTTPResponse:
    """What was asked of the Messaging API, oldest first; `?call=push` for one kind."""
    wanted = request.args.get("call")
    return json({"calls": [one for one in line(request).calls if wanted in {None, one["call"]}]})


@blueprint.get("/deliveries")
async def deliveries(request: Request) -> HTTPResponse:
    """Every attempt at a webhook, oldest first."""
    return json({"deliveries": [one.shown() for one in line(request).webhooks.deliveries]})


def phone(request: Request, chat_id: Any) -> Phone:  # noqa: ANN401 - from a request's JSON
    """The phone of a chat.

    Raises:
        Refused: 404, if there is none.
    """
    found = line(request).phones.get(str(chat_id))
    if found is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no such phone")
    return found
