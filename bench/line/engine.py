"""A fast engine that repeats what it was asked: `python -m bench.line.engine PORT`.

Its replies carry the question's mark (`marks.py`), so that the phones show which event they answer.
"""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

from sanic import Request, Sanic, empty, json

from bench.line.marks import BUBBLE, CONTINUED, PERSON, TWICE, found_in, repeated

if TYPE_CHECKING:
    from sanic import HTTPResponse

TURN_SECONDS = 0.014
"""What the real engine takes for a turn."""
_SOURCE = {"title": "令和3年度 市政執行の基本的な考え方", "section": "2", "paragraph": 3}
_FACETS = ("purpose", "schedule", "partners")


async def turn(request: Request) -> HTTPResponse:
    """One text, two texts or an answer with buttons, as the question wishes."""
    await asyncio.sleep(TURN_SECONDS)
    said = request.json
    chosen = (said.get("choice") or {}).get("intent")
    marks = "".join(found_in(said["text"])) or repeated(chosen or said["text"])
    if PERSON in said["text"]:
        return json({"replies": [{"outcome": "handoff", "effect": {"kind": "handoff"}}]})
    if TWICE in said["text"]:
        return json({"replies": [_talk(f"{marks}の一つ目です。"), _talk(CONTINUED)]})
    if BUBBLE in said["text"]:
        return json({"replies": [_answer(marks)]})
    return json({"replies": [_talk(f"{marks}を受け取りました。")]})


def _talk(text: str) -> dict[str, Any]:
    return {"text": text, "outcome": "smalltalk"}


def _answer(marks: str) -> dict[str, Any]:
    choices = [
        {"label": facet, "payload": {"intent": "ask", "initiative": "sdgs", "facet": facet}}
        for facet in _FACETS
    ]
    return {
        "text": f"【SDGs未来都市かわさき：概要】\n{marks}の答えです。",
        "outcome": "answer",
        "initiative": "sdgs",
        "facet": "overview",
        "sources": [_SOURCE],
        "choices": choices,
    }


async def health(request: Request) -> HTTPResponse:
    """Always well."""
    del request
    return empty(200)


def main() -> None:
    """Serves until it is stopped."""
    app: Sanic[Any, Any] = Sanic("bench_engine", configure_logging=False)
    app.config.ACCESS_LOG = False
    app.config.TOUCHUP = False
    app.config.MOTD = False
    app.add_route(turn, "/webhooks/gateway/turn", methods=["POST"])
    app.add_route(health, "/webhooks/gateway/health")
    app.run("127.0.0.1", int(sys.argv[1]), single_process=True)


if __name__ == "__main__":
    main()
