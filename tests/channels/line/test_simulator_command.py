"""Where the simulator is, and where it is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.channels.line.simulator import command
from bot.settings import read_settings
from tests.gateway import running

if TYPE_CHECKING:
    from pathlib import Path

PORT = "8013"


async def test_the_gateway_leads_to_it(redis_url: str) -> None:
    async with running(redis_url, SIMULATOR_PORT=PORT) as gateway:
        answer = await gateway.http.get("/simulator")
        assert answer.status_code == 302
        assert answer.headers["location"] == f"http://127.0.0.1:{PORT}/simulator/"


async def test_in_production_there_is_none(redis_url: str) -> None:
    async with running(redis_url, SIMULATOR_PORT=PORT, BOT_ENV="production") as gateway:
        for path in ("/simulator", "/simulator/", "/simulator/phones", "/simulator/control/state"):
            assert (await gateway.http.get(path)).status_code == 404


def test_in_production_the_command_refuses(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BOT_ENV", "production")
    assert main(["line", "simulator"]) == 2
    assert "BOT_ENV" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({}, True),
        ({"LINE_CHANNEL_SECRET": "x"}, False),
        ({"LINE_CHANNEL_ACCESS_TOKEN": "x"}, False),
        ({"BOT_ENV": "production"}, False),
        ({"BOT_ENV": "test"}, False),
    ],
)
def test_make_run_offers_it_in_development_without_keys(
    environ: dict[str, str], *, expected: bool
) -> None:
    settings = read_settings({"BOT_ENV": environ.get("BOT_ENV", "")})
    assert command.wanted(settings, environ) is expected


def test_a_privacy_key_of_ones_own_stays(tmp_path: Path) -> None:
    own = "p" * 32
    settings = read_settings({"BOT_VAR": str(tmp_path), "PRIVACY_KEY": own})
    assert command.environment(settings, int(PORT))["PRIVACY_KEY"] == own


def test_the_keys_stay_the_same_and_are_nobodys_to_read(tmp_path: Path) -> None:
    keys = command.made_up_keys(tmp_path / "var")
    assert command.made_up_keys(tmp_path / "var") == keys
    assert (tmp_path / "var" / "line-simulator.json").stat().st_mode & 0o077 == 0
    assert {len(value) for value in keys.values()} == {32}
