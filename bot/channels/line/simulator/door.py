"""The gateway's way to the simulator: /simulator leads to its page, outside production alone."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sanic import Blueprint, Request, redirect

from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

blueprint = Blueprint("line_simulator_door")


@blueprint.get("/simulator")
async def to_simulator(request: Request) -> HTTPResponse:
    """The simulator has a port of its own, on the machine that the browser reached."""
    host = urlsplit(f"//{request.host}").hostname or "localhost"
    return redirect(f"http://{host}:{services(request).settings.simulator_port}/simulator/")
