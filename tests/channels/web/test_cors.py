"""Whom the gateway lets embed the chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.errors import SettingsError
from bot.settings import read_settings
from tests.gateway import Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

SITE = "https://www.city.kawasaki.jp"
OTHER = "https://www.city.kawasaki.jp.example"
PREFLIGHT = {
    "access-control-request-method": "POST",
    "access-control-request-headers": "authorization,content-type",
}


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, EMBED_ORIGINS=f"{SITE}, http://localhost:9000") as built:
        yield built


@pytest.mark.parametrize("path", ["/chat/window", "/static/web/chat.js", "/static/web/chat.css"])
async def test_a_listed_site_may_load_the_component(gateway: Gateway, path: str) -> None:
    allowed = await gateway.http.get(path, headers={"origin": SITE})
    assert allowed.headers["access-control-allow-origin"] == SITE
    assert allowed.headers["vary"] == "Origin"
    for origin in (OTHER, "null", SITE.upper() + ":443", "http://www.city.kawasaki.jp"):
        refused = await gateway.http.get(path, headers={"origin": origin})
        assert "access-control-allow-origin" not in refused.headers
        assert refused.headers["vary"] == "Origin"


async def test_a_listed_site_may_speak_to_the_citizens_api(gateway: Gateway) -> None:
    asked = await gateway.http.options("/api/conversations", headers={"origin": SITE, **PREFLIGHT})
    assert asked.status_code == 204
    assert asked.headers["access-control-allow-origin"] == SITE
    assert "authorization" in asked.headers["access-control-allow-headers"]
    assert "access-control-allow-credentials" not in asked.headers
    created = await gateway.http.post("/api/conversations", headers={"origin": SITE})
    assert created.headers["access-control-allow-origin"] == SITE
    wrong = await gateway.http.get("/api/conversations/x/messages", headers={"origin": SITE})
    assert wrong.status_code == 401
    assert wrong.headers["access-control-allow-origin"] == SITE


async def test_the_stream_is_shared_too(gateway: Gateway) -> None:
    citizen = await gateway.citizen()
    headers = {**citizen.headers, "origin": SITE}
    async with gateway.http.stream("GET", citizen.url("events"), headers=headers) as response:
        assert response.headers["access-control-allow-origin"] == SITE


@pytest.mark.parametrize("path", ["/api/desk/me", "/desk/login", "/form/x", "/plain", "/metrics"])
async def test_nothing_else_is_shared(gateway: Gateway, path: str) -> None:
    answer = await gateway.http.get(path, headers={"origin": SITE})
    assert "access-control-allow-origin" not in answer.headers
    asked = await gateway.http.options(path, headers={"origin": SITE, **PREFLIGHT})
    assert asked.status_code == 405
    assert "access-control-allow-methods" not in asked.headers


async def test_a_site_that_is_not_listed_is_told_no_origin(gateway: Gateway) -> None:
    asked = await gateway.http.options("/api/conversations", headers={"origin": OTHER, **PREFLIGHT})
    assert "access-control-allow-origin" not in asked.headers


@pytest.mark.parametrize(
    "wrong",
    [
        "*",
        "www.city.kawasaki.jp",
        "http://www.city.kawasaki.jp",
        "https://www.city.kawasaki.jp/",
        "https://me@www.city.kawasaki.jp",
        "https://www.city.kawasaki.jp,null",
    ],
)
def test_what_is_no_origin_stops_the_start(wrong: str) -> None:
    with pytest.raises(SettingsError, match="EMBED_ORIGINS"):
        read_settings({"EMBED_ORIGINS": wrong})


def test_without_the_setting_no_site_is_listed() -> None:
    assert read_settings({}).embedding_sites == frozenset()
