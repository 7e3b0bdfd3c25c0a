"""What LINE refuses in a Flex message although its form is right: empty texts, odd measures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Detail = dict[str, str]
    ActionCheck = Callable[[str, Any, tuple[int, int]], Iterator[Detail]]

BLOCKS = ("header", "hero", "body", "footer")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")
_PIXELS = re.compile(r"-?\d+(\.\d+)?px")
_PARTS = re.compile(r"\d+(\.\d+)?(px|%)")
_SPACES = {"none", "xs", "sm", "md", "lg", "xl", "xxl"}
_SIZES = {"xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl"}
_BUTTON_LABEL = (1, 40)
_MAX_DEPTH = 10
_MEASURES = {
    "spacing": _SPACES,
    "margin": _SPACES,
    "paddingAll": _SPACES,
    "paddingTop": _SPACES,
    "paddingBottom": _SPACES,
    "paddingStart": _SPACES,
    "paddingEnd": _SPACES,
    "cornerRadius": _SPACES,
    "borderWidth": {"none", "light", "normal", "medium", "semi-bold", "bold"},
}


def problems(where: str, contents: dict[str, Any], check: ActionCheck) -> Iterator[Detail]:
    """What is wrong with a bubble or carousel; `check` looks at the actions in it."""
    if contents["type"] == "carousel":
        for number, bubble in enumerate(contents.get("contents") or []):
            yield from problems(f"{where}.contents[{number}]", bubble, check)
        return
    if not any(contents.get(block) for block in BLOCKS):
        yield _detail(where, "at least one block must be specified")
    if contents.get("action"):
        yield from check(f"{where}.action", contents["action"], (0, 40))
    for block in BLOCKS:
        if contents.get(block):
            yield from _component(f"{where}.{block}", contents[block], check, 1)


def _component(
    where: str, part: dict[str, Any], check: ActionCheck, depth: int
) -> Iterator[Detail]:
    yield from _measures(where, part)
    if part["type"] == "button":
        yield from check(f"{where}.action", part.get("action"), _BUTTON_LABEL)
    elif part.get("action"):
        yield from check(f"{where}.action", part["action"], (0, 40))
    if part["type"] == "text" and not part.get("text") and not part.get("contents"):
        yield _detail(f"{where}.text", "must be non-empty text")
    if part["type"] == "box":
        if depth > _MAX_DEPTH:
            yield _detail(where, "box is nested too deeply")
            return
        for number, inner in enumerate(part["contents"]):
            yield from _component(f"{where}.contents[{number}]", inner, check, depth + 1)


def _measures(where: str, part: dict[str, Any]) -> Iterator[Detail]:
    for name in ("color", "backgroundColor", "borderColor"):
        if name in part and not _COLOR.fullmatch(str(part[name])):
            yield _detail(f"{where}.{name}", "invalid color")
    for name, words in _MEASURES.items():
        value = str(part.get(name, "none"))
        if value not in words and not _PIXELS.fullmatch(value) and not _PARTS.fullmatch(value):
            yield _detail(f"{where}.{name}", "invalid property")
    size = str(part.get("size", "md"))
    if part["type"] in {"text", "span"} and size not in _SIZES and not _PIXELS.fullmatch(size):
        yield _detail(f"{where}.size", "invalid property")


def _detail(where: str, message: str) -> dict[str, str]:
    return {"message": message, "property": where}
