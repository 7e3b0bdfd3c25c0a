"""Whether LINE would take a message: the SDK's models, and the limits that they do not know.

Texts count in UTF-16 units, labels in grapheme clusters. Lengths as in LINE's reference; forms as
in its OpenAPI file, from which the SDK is made.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import regex
from linebot.v3.messaging import Message, RichMenuRequest
from pydantic.v1 import ValidationError

from bot.channels.line.simulator import flex

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_MESSAGES = 5
MAX_QUICK_REPLIES = 13
MAX_TEXT = 5000
MAX_ALT_TEXT = 1500
MAX_BUBBLE_BYTES = 30 * 1024
MAX_CAROUSEL_BYTES = 50 * 1024
MAX_BUBBLES = 12
_ACTION_TEXTS = {"data": 300, "displayText": 300, "text": 300, "fillInText": 300, "uri": 1000}
_ACTION_NEEDS = {"postback": "data", "message": "text", "uri": "uri"}
_SCHEMES = ("https://", "http://", "tel:", "line://")

Detail = dict[str, str]


def utf16(text: str) -> int:
    """The length of a text as LINE counts it."""
    return len(text.encode("utf-16-le", errors="surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The length of a label as LINE counts it."""
    return len(regex.findall(r"\X", text))


def messages_problems(messages: Any) -> list[Detail]:  # noqa: ANN401 - a request's JSON
    """What is wrong with a request's list of messages."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= MAX_MESSAGES:
        return [_detail("messages", f"Size must be between 1 and {MAX_MESSAGES}")]
    return [
        problem
        for number, message in enumerate(messages)
        for problem in _message_problems(f"messages[{number}]", message)
    ]


def menu_problems(menu: Any) -> list[Detail]:  # noqa: ANN401 - a request's JSON
    """What is wrong with a rich menu."""
    problems = list(_model_problems("", menu, RichMenuRequest))
    if problems:
        return problems
    for name, limit in (("name", 300), ("chatBarText", 14)):
        if not 1 <= graphemes(menu.get(name) or "") <= limit:
            problems.append(_detail(name, f"Length must be between 1 and {limit}"))
    areas = menu.get("areas") or []
    for number, area in enumerate(areas):
        problems += _action_problems(f"areas[{number}].action", area["action"], label=(0, 20))
    return problems


def _message_problems(where: str, message: Any) -> Iterator[Detail]:  # noqa: ANN401
    problems = list(_model_problems(where, message, Message))
    yield from problems
    if problems:
        return
    if message["type"] in {"text", "textV2"}:
        yield from _text_problems(f"{where}.text", message["text"], MAX_TEXT)
    if message["type"] == "flex":
        yield from _text_problems(f"{where}.altText", message["altText"], MAX_ALT_TEXT)
        yield from _size_problems(f"{where}.contents", message["contents"])
        yield from flex.problems(f"{where}.contents", message["contents"], _action_problems)
    items = (message.get("quickReply") or {}).get("items", [])
    for number, item in enumerate(items):
        place = f"{where}.quickReply.items[{number}].action"
        yield from _action_problems(place, item.get("action"), (1, 20))


def _model_problems(where: str, given: Any, model: Any) -> Iterator[Detail]:  # noqa: ANN401
    """What the SDK's model refuses, or would silently leave out."""
    prefix = f"{where}." if where else ""
    if not isinstance(given, dict):
        yield _detail(where, "Must be an object")
        return
    try:
        known = model.from_dict(given).to_dict()
    except ValidationError as error:
        for one in error.errors():
            yield _detail(prefix + ".".join(map(str, one["loc"])), one["msg"])
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        yield _detail(where, f"Invalid form: {str(error)[:80]}")
    else:
        yield from (_detail(prefix + name, "unknown field") for name in _left_out(given, known))


def _left_out(given: Any, known: Any, path: str = "") -> Iterator[str]:  # noqa: ANN401
    if isinstance(given, list) and isinstance(known, list):
        for number, (one, other) in enumerate(zip(given, known, strict=False)):
            yield from _left_out(one, other, f"{path}[{number}]")
    if not isinstance(given, dict) or not isinstance(known, dict):
        return
    for name, value in given.items():
        inside = f"{path}.{name}" if path else name
        if name not in known:
            if value is not None:
                yield inside
        else:
            yield from _left_out(value, known[name], inside)


def _text_problems(where: str, text: str, limit: int) -> Iterator[Detail]:
    if not text.strip():
        yield _detail(where, "May not be empty")
    if utf16(text) > limit:
        yield _detail(where, f"Length must be between 0 and {limit}")


def _size_problems(where: str, contents: dict[str, Any]) -> Iterator[Detail]:
    bubbles = contents.get("contents") if contents["type"] == "carousel" else [contents]
    size = len(json.dumps(contents, ensure_ascii=False).encode())
    if contents["type"] == "carousel" and size > MAX_CAROUSEL_BYTES:
        yield _detail(where, "carousel is too large")
    for number, bubble in enumerate(bubbles or []):
        if len(json.dumps(bubble, ensure_ascii=False).encode()) > MAX_BUBBLE_BYTES:
            yield _detail(f"{where}.contents[{number}]", "bubble is too large")
    if not 1 <= len(bubbles or []) <= MAX_BUBBLES:
        yield _detail(f"{where}.contents", f"Size must be between 1 and {MAX_BUBBLES}")


def _action_problems(where: str, action: Any, label: tuple[int, int]) -> Iterator[Detail]:  # noqa: ANN401
    if not isinstance(action, dict) or not action.get("type"):
        yield _detail(where, "must be specified")
        return
    least, most = label
    if not least <= graphemes(action.get("label") or "") <= most:
        yield _detail(f"{where}.label", f"Length must be between {least} and {most}")
    needed = _ACTION_NEEDS.get(action["type"])
    if needed and not action.get(needed):
        yield _detail(f"{where}.{needed}", "May not be empty")
    for name, limit in _ACTION_TEXTS.items():
        if utf16(action.get(name) or "") > limit:
            yield _detail(f"{where}.{name}", f"Length must be between 0 and {limit}")
    if action["type"] == "uri" and not str(action.get("uri")).startswith(_SCHEMES):
        yield _detail(f"{where}.uri", "Invalid URI scheme")


def _detail(where: str, message: str) -> Detail:
    return {"message": message, "property": where}
