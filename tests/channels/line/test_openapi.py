"""The validator over LINE's file does catch what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from tests.channels.line.openapi import needs_file, problems

BOX = {"type": "box", "layout": "vertical", "contents": []}
pytestmark = needs_file


def flex(**bubble: Any) -> dict[str, Any]:
    return {"type": "flex", "altText": "a", "contents": {"type": "bubble", **bubble}}


def with_part(**part: Any) -> dict[str, Any]:
    return flex(body={**BOX, "contents": [part]})


@pytest.mark.parametrize(
    "message",
    [
        {"type": "text", "text": "あ"},
        flex(body=BOX),
        with_part(type="button", action={"type": "postback", "data": "x" * 300, "label": "a"}),
        with_part(type="text", text="a", wrap=True),
    ],
)
def test_what_is_right_passes(message: dict[str, Any]) -> None:
    assert problems("Message", message) == []


@pytest.mark.parametrize(
    "message",
    [
        {"text": "no type"},
        {"type": "carrier pigeon", "text": "あ"},
        {"type": "text"},
        {"type": "text", "text": 3},
        {"type": "text", "text": "あ", "txet": "あ"},
        {"type": "text", "text": "あ", "quickReply": {"items": [{"type": "action"}] * 14}},
        {"type": "flex", "altText": "a", "contents": {"type": "balloon"}},
        {"type": "flex", "contents": {"type": "bubble", "body": BOX}},
        flex(body=BOX, size="huge"),
        flex(body=BOX, colour="#fff"),
        with_part(type="text", text="a", wrap="true"),
        with_part(type="text", text="a", colour="#000000"),
        with_part(type="button"),
        with_part(type="button", action={"type": "postback", "data": "x" * 301, "label": "a"}),
        with_part(type="button", style="loud", action={"type": "uri", "uri": "tel:119"}),
        with_part(type="box", layout="diagonal", contents=[]),
    ],
)
def test_what_is_wrong_is_found(message: dict[str, Any]) -> None:
    assert problems("Message", message)
