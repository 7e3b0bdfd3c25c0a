"""The gateway as a Sanic app."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sanic import Sanic

from bot import health, http
from bot.channels.line import webhook as line_webhook
from bot.channels.line.simulator import door as simulator_door
from bot.channels.web import api as citizen_api
from bot.channels.web import pages as citizen_pages
from bot.channels.web import plain as citizen_plain
from bot.desk import api as desk_api
from bot.desk import pages as desk_pages
from bot.desk import reports as desk_reports
from bot.desk import settings_page
from bot.docs import api as docs
from bot.form import pages as form_pages

if TYPE_CHECKING:
    from bot.bootstrap import Services

MAX_BODY_BYTES = 1024 * 1024
"""A webhook of LINE may bring a hundred events; other bodies are bounded by `bot/http.py`."""
PARTS = (
    *(health, citizen_api, citizen_pages, citizen_plain, line_webhook, form_pages),
    *(desk_api, desk_pages, desk_reports, settings_page, docs),
)


def create_app(services: Services, name: str = "kawasaki_chat") -> Sanic[Any, Any]:
    """The app over services that `bootstrap` built; it starts and stops them."""
    app: Sanic[Any, Any] = Sanic(name, configure_logging=False)
    app.config.REQUEST_MAX_SIZE = MAX_BODY_BYTES
    app.config.FALLBACK_ERROR_FORMAT = "json"
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False  # it rewrites the server's own code at start, for little
    app.config.MOTD = False
    app.config.PROXIES_COUNT = services.settings.trusted_proxies or None
    app.ctx.services = services
    http.install(app)
    for part in PARTS:
        app.blueprint(part.blueprint)
    if services.settings.simulator_port and not services.settings.production:
        app.blueprint(simulator_door.blueprint)
    app.before_server_start(_start)
    app.after_server_stop(_stop)
    return app


async def _start(app: Sanic[Any, Any]) -> None:
    await app.ctx.services.start()


async def _stop(app: Sanic[Any, Any]) -> None:
    await app.ctx.services.stop()
