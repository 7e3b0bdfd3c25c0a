"""The phones in the browser: the page, what it reads, what a citizen does on it."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sanic import Blueprint, Request, empty, html, json, raw, redirect

from bot.channels.line.simulator.calls import given, line
from bot.channels.line.simulator.citizens import Citizens, Deed
from bot.channels.line.simulator.control import phone
from bot.live import HEARTBEAT, HEARTBEAT_SECONDS, RETRY, event
from bot.pages import templates

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.channels.line.simulator.phones import Phone

RACK = "*"
"""Rung when a phone comes or goes, so that pages look which there are."""
_FOLDER = Path(__file__).parent

blueprint = Blueprint("line_simulator", url_prefix="/simulator")
blueprint.static("/static", _FOLDER / "static", name="line_simulator_static")
_templates = templates(_FOLDER / "templates")


@blueprint.get("/")
async def page(request: Request) -> HTTPResponse:
    """The page with the phones."""
    del request
    return html(_templates.get_template("simulator.html").render())


@blueprint.get("/phones")
async def phones(request: Request) -> HTTPResponse:
    """All phones, without what is on them."""
    found = line(request).phones.all()
    return json({"phones": [{"id": one.id, "name": one.name} for one in found]})


@blueprint.post("/phones")
async def add_phone(request: Request) -> HTTPResponse:
    """A new citizen; `kind` may be group or room instead of user."""
    body = given(request)
    here = line(request)
    name = str(body.get("name") or f"市民{len(here.phones.all()) + 1}")[:20]
    added = Citizens(here).add(name, str(body.get("kind", "user")))
    here.bell.ring(RACK)
    return json(_shown(request, added), HTTPStatus.CREATED)


@blueprint.get("/phones/<chat_id:str>")
async def one_phone(request: Request, chat_id: str) -> HTTPResponse:
    """What is on a phone."""
    return json(_shown(request, phone(request, chat_id)))


@blueprint.delete("/phones/<chat_id:str>")
async def remove_phone(request: Request, chat_id: str) -> HTTPResponse:
    """Takes a phone away; the account does not hear of it."""
    here = line(request)
    here.phones.remove(chat_id)
    here.bell.ring(RACK)
    return empty()


@blueprint.post("/phones/<chat_id:str>/deeds")
async def act(request: Request, chat_id: str) -> HTTPResponse:
    """What the citizen does (`citizens.Deed` has the fields); its webhook goes out at once."""
    deed = Deed(**given(request))
    made = Citizens(line(request)).do(phone(request, chat_id), deed)
    if made is None:
        return json({"event": None}, HTTPStatus.ACCEPTED)
    line(request).webhooks.send([made])
    return json({"event": made}, HTTPStatus.ACCEPTED)


@blueprint.get("/menus/<menu_id:str>/image")
async def menu_image(request: Request, menu_id: str) -> HTTPResponse:
    """A rich menu's picture."""
    menu = line(request).menus.get(menu_id)
    return raw(menu.image, content_type=menu.image_type or "image/png")


@blueprint.get("/events")
async def follow(request: Request) -> None:
    """Server-sent events `changed` with the ID of a phone that changed."""
    response = await request.respond(
        content_type="text/event-stream; charset=utf-8", headers={"cache-control": "no-store"}
    )
    if response is None:
        return
    await response.send(RETRY)
    with line(request).bell.listening() as listener:
        while True:
            changed = await listener.wait(HEARTBEAT_SECONDS)
            frames = [event("changed", {"phone": one}) for one in sorted(changed)]
            await response.send("".join(frames) or HEARTBEAT)


home = Blueprint("line_simulator_home")


@home.get("/")
async def to_page(request: Request) -> HTTPResponse:
    """The bare address leads to the page."""
    del request
    return redirect("/simulator/")


def _shown(request: Request, one: Phone) -> dict[str, Any]:
    here = line(request)
    menu = here.menus.seen_by(one.menu) if one.following else None
    left = one.loading_until - here.clock.now()
    return {
        "id": one.id,
        "name": one.name,
        "kind": one.source["type"],
        "following": one.following,
        "loading_seconds": max(0.0, round(left, 1)),
        "menu": menu.shown() if menu else None,
        "entries": [entry.shown() for entry in one.entries],
    }
