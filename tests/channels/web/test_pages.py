"""The pages around the chat, what a city fills in, and the size of the component."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest

from bot.channels.web.site import load_accessibility_test, load_site
from bot.settings import ROOT
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

WEB = ROOT / "bot" / "channels" / "web"
SCRIPTS = sorted((WEB / "static").glob("*.js"))
MOST_BYTES = 40_000
CRITERIA = {"A": 25, "AA": 13}
"""So many success criteria has JIS X 8341-3:2016 at each level."""
PAGES = ["/", "/plain", "/policy", "/privacy", "/accessibility"]


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, RETENTION_DAYS="30") as built:
        yield built


def test_the_component_is_under_40_kb_of_plain_modules() -> None:
    assert SCRIPTS
    assert sum(path.stat().st_size for path in SCRIPTS) < MOST_BYTES
    for path in SCRIPTS:
        for source in re.findall(r"""from ["'](.*)["']""", path.read_text()):
            assert (path.parent / source).resolve() in SCRIPTS, f"{path.name}: {source}"


def test_every_module_is_used_and_every_sentence_too() -> None:
    code = "".join(path.read_text() for path in SCRIPTS)
    assert {path.name for path in SCRIPTS} - set(re.findall(r'"\./(.+?\.js)"', code)) == {"chat.js"}
    words = json.loads((WEB / "templates" / "words.json").read_text())
    built = {
        "role_",
        "state_",
        "typing_",
        "connection_",
        "delivery_",
        "error_",
        "fresh_",
        "counter",
    }
    said = set(re.findall(r'"([a-z]+(?:_[a-z]+)*)"', code))
    lost = [key for key in words if key not in said and not key.startswith(tuple(built))]
    assert lost == []


def test_the_test_results_name_every_criterion_of_the_standard_once() -> None:
    found = load_accessibility_test().criteria
    assert len({one.id for one in found}) == len(found)
    assert {level: sum(one.level == level for one in found) for level in CRITERIA} == CRITERIA


def test_links_lead_to_the_citys_own_sites() -> None:
    assert all("kawasaki" in host for host in load_site().link_hosts)


@pytest.mark.parametrize("path", PAGES)
async def test_every_page_is_whole_and_nothing_in_it_is_inline(gateway: Gateway, path: str) -> None:
    answer = await gateway.http.get(path)
    assert answer.status_code == 200
    page = answer.text
    assert '<html lang="ja">' in page
    assert not re.search(r"<style|\bstyle=|\bon\w+=|<script(?! type=\"module\" src=\"/)", page)
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for link in set(re.findall(r'(?:href|src)="(/[^"#]*)', page)):
        assert (await gateway.http.get(link)).status_code == 200, link


async def test_how_long_a_conversation_is_kept_is_the_setting(gateway: Gateway) -> None:
    for path in ("/", "/plain", "/privacy", "/chat/window"):
        told = re.sub(r"<rt>.*?</rt>|</?ruby>", "", (await gateway.http.get(path)).text)
        assert re.search("30日(間| たつ)", told), path
        assert "90日" not in told


async def test_the_furniture_has_a_reading_for_each_kanji_of_the_notice(gateway: Gateway) -> None:
    window = (await gateway.http.get("/chat/window")).text
    read = re.findall(r'<p class="\S+ is-read .*?</p>', window)
    assert len(read) == 8
    left = re.sub(r"<ruby>.*?</ruby>|川崎市", "", "".join(read))
    assert re.findall("[一-龥｜《》]+", left) == []
