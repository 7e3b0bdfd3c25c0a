"""Whether this process lives, whether all it needs answers, and what it counts."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import httpx
from redis.exceptions import RedisError
from sanic import Blueprint, Request, json, raw

from bot.adapters.redis import keys
from bot.http import services

if TYPE_CHECKING:
    from sanic import HTTPResponse

    from bot.bootstrap import Services

blueprint = Blueprint("health")
PATIENCE_SECONDS = 3.0


@blueprint.get("/healthz")
async def lives(_: Request) -> HTTPResponse:
    """This process lives."""
    return json({"status": "ok"})


@blueprint.get("/readyz")
async def ready(request: Request) -> HTTPResponse:
    """Asks everything that an answer needs; 503 if anything is missing."""
    here = services(request)
    redis, engine, actions, line = await asyncio.gather(
        _redis_answers(here), here.engine.ping(), _actions_answer(here), _line(here)
    )
    parts = {"redis": redis, "engine": engine, "actions": actions, "line": line}
    good = redis and engine and actions
    return json({"ready": good, **parts}, status=200 if good else 503)


@blueprint.get("/metrics")
async def metrics(request: Request) -> HTTPResponse:
    """Counts for Prometheus."""
    rendered = services(request).metrics.render()
    return raw(rendered, content_type="text/plain; version=0.0.4; charset=utf-8")


async def _line(here: Services) -> str:
    """How the channel LINE is; the rest runs without it, so it never makes the gateway unready."""
    return await here.line.standing.state() if here.line else "off"


async def _redis_answers(here: Services) -> bool:
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            # On a cluster: the part without which nothing is answered, wherever it is by now.
            await here.redis.exists(keys.work("due"))
            return True
    except (RedisError, OSError, TimeoutError):
        return False


async def _actions_answer(here: Services) -> bool:
    """Whether the actions answer; on other machines their engines alone reach them."""
    if not here.settings.engines_here:
        return True
    url = here.settings.actions_url.rsplit("/", 1)[0] + "/health"
    try:
        async with httpx.AsyncClient(timeout=PATIENCE_SECONDS) as client:
            return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False
