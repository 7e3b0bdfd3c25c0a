"""What LINE demands of messages beyond its OpenAPI file, and what we demand of ourselves."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from linebot.v3.messaging import Message as LineMessage

from bot.channels.line import postback
from bot.channels.line.counting import clusters, utf16
from bot.channels.line.simulator.validation import messages_problems
from tests.channels.line import openapi

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_BUBBLE_BYTES = 30_000
_COLOR = re.compile(r"#[0-9a-f]{6}")


def check(messages: Sequence[LineMessage]) -> list[dict[str, Any]]:
    """Asserts that LINE takes the messages in one call; returns them as JSON objects."""
    sent: list[dict[str, Any]] = [json.loads(message.to_json()) for message in messages]
    assert 0 < len(sent) <= 5
    assert not any("quickReply" in message for message in sent[:-1])
    assert messages_problems(sent) == [], "the simulator takes it"
    for message in sent:
        assert LineMessage.from_dict(message).to_dict() == message, "the SDK knows all of it"
        if openapi.FOLDER.exists():
            assert openapi.problems("Message", message) == []
        _check_message(message)
    return sent


def _check_message(message: dict[str, Any]) -> None:
    if message["type"] == "text":
        assert message["text"].strip()
        assert utf16(message["text"]) <= 5000
    else:
        assert message["altText"].strip()
        assert utf16(message["altText"]) <= 1500
        assert len(json.dumps(message["contents"]).encode()) <= MAX_BUBBLE_BYTES
    assert len(message.get("quickReply", {}).get("items", [])) <= 13
    for part in parts(message):
        _check_part(part)


def _check_part(part: dict[str, Any]) -> None:
    kind = part.get("type")
    if kind in {"postback", "uri"}:
        assert 0 < len(clusters(part["label"])) <= 20
    if kind == "postback":
        assert utf16(part["data"]) <= 300
        assert postback.read(part["data"]) is not None
        assert 0 < len(clusters(part["displayText"])) <= 300
    if kind == "text" and "size" in part:
        assert part["text"].strip()
        assert part["wrap"]
        assert part["scaling"]
        assert part["size"] in {"sm", "md", "lg", "xl"}, "nothing smaller for older eyes"
    if kind == "box":
        assert part["contents"]
    if "color" in part:
        assert _COLOR.fullmatch(part["color"])


def parts(tree: Any) -> Iterator[dict[str, Any]]:
    """All objects in a message."""
    if isinstance(tree, dict):
        yield tree
        tree = list(tree.values())
    if isinstance(tree, list):
        for one in tree:
            yield from parts(one)


def actions(tree: Any) -> list[dict[str, Any]]:
    """All that can be tapped."""
    return [part for part in parts(tree) if part.get("type") in {"postback", "uri"}]


def words(message: dict[str, Any]) -> str:
    """Everything that can be read in a message."""
    if message["type"] == "text":
        return str(message["text"])
    return "\n".join(p["text"] for p in parts(message["contents"]) if p.get("type") == "text")
