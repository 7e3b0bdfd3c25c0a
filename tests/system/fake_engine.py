"""An engine that repeats what it was asked: `python -m tests.system.fake_engine PORT [MS]`.

It takes turns one after another, each so many milliseconds, as the real one does.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from sanic import Request, Sanic, empty, json

if TYPE_CHECKING:
    from sanic import HTTPResponse

TURN_MS = 14
"""About what the real engine takes."""


def engine(turn_ms: float) -> Sanic[Any, Any]:
    app: Sanic[Any, Any] = Sanic("fake_engine", configure_logging=False)
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False
    app.config.MOTD = False
    one_by_one = asyncio.Lock()

    @app.post("/webhooks/gateway/turn")
    async def turn(request: Request) -> HTTPResponse:
        async with one_by_one:
            await asyncio.sleep(turn_ms / 1000)
        reply = {"text": f"「{request.json['text']}」ですね。", "outcome": "smalltalk"}
        return json({"replies": [reply]})

    @app.get("/webhooks/gateway/health")
    async def health(_: Request) -> HTTPResponse:
        return empty(200)

    return app


if __name__ == "__main__":
    port, *turn_ms = sys.argv[1:]
    engine(float(turn_ms[0]) if turn_ms else TURN_MS).run(
        "127.0.0.1", int(port), single_process=True
    )
