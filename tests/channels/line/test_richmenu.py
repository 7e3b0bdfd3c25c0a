from __future__ import annotations

import json
import re

import pytest

from bot.channels.line import png, postback
from bot.channels.line.counting import clusters
from bot.channels.line.postback import MenuKind
from bot.channels.line.richmenu import PICTURE, PREFIX, drawing, is_ours, menu
from bot.wording import Wording
from tests.channels.line import openapi
from tests.channels.line.said import WORDING

MENU = json.loads(menu(WORDING).to_json())


@openapi.needs_file
def test_the_menu_is_valid_under_lines_own_description() -> None:
    assert openapi.problems("RichMenuRequest", MENU) == []


def test_the_menu_keeps_lines_limits() -> None:
    assert len(clusters(MENU["chatBarText"])) <= 14
    assert len(clusters(MENU["name"])) <= 300
    for area in MENU["areas"]:
        assert len(clusters(area["action"]["label"])) <= 20


def test_the_four_areas_are_apart_and_cover_the_picture() -> None:
    boxes = [area["bounds"] for area in MENU["areas"]]
    corners = {(box["x"], box["y"]) for box in boxes}
    assert corners == {(0, 0), (1250, 0), (0, 421), (1250, 421)}
    assert {(box["width"], box["height"]) for box in boxes} == {(1250, 421)}


def test_each_area_hands_back_its_kind() -> None:
    taps = [postback.read(area["action"]["data"]) for area in MENU["areas"]]
    assert taps == [postback.Menu(kind) for kind in MenuKind]


def test_asking_opens_the_keyboard() -> None:
    assert [area["action"].get("inputOption") for area in MENU["areas"]] == [
        "openKeyboard",
        *[None] * 3,
    ]


def test_the_picture_is_one_that_line_takes() -> None:
    picture = PICTURE.read_bytes()
    assert len(picture) < 1_000_000
    assert png.size(picture) == (MENU["size"]["width"], MENU["size"]["height"]) == (2500, 843)


def test_the_picture_shows_the_words_of_today() -> None:
    again = "the words have changed; run: python -m tools.draw_rich_menu"
    assert png.mark(PICTURE.read_bytes()) == png.digest(drawing(WORDING)), again


def test_the_drawing_has_all_labels_and_needs_nothing_from_outside() -> None:
    svg = drawing(WORDING)
    assert all(area["action"]["label"] in svg for area in MENU["areas"])
    assert re.findall(r"https?://[^\"' ]+", svg) == ["http://www.w3.org/2000/svg"]


def test_the_name_tells_the_content() -> None:
    changed = {key: WORDING._texts[key] for key in WORDING.places}
    changed["on_line_menu_bar"] = "メニュー"
    assert is_ours(MENU["name"])
    assert menu(Wording(changed)).name != MENU["name"]
    assert menu(WORDING).name == MENU["name"]
    assert not is_ours("somebody else's")
    assert len(MENU["name"]) == len(PREFIX) + 16


def test_a_mark_is_read_again_and_the_picture_stays_one() -> None:
    picture = PICTURE.read_bytes()
    assert png.mark(png.marked(picture, "abc")) == "abc"
    assert png.size(png.marked(picture, "abc")) == png.size(picture)


@pytest.mark.parametrize("data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n"])
def test_what_is_no_png_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="no PNG"):
        png.size(data)
