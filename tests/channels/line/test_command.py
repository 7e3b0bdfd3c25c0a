from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main
from bot.channels.line.command import run_check, run_setup
from bot.settings import Settings, read_settings
from tests.channels.line.simulated import SECRET, TOKEN, simulating
from tests.channels.line.webhook_sink import listening
from tests.ports import free_port

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


def settings(base: str, public_url: str, token: str = TOKEN) -> Settings:
    return read_settings(
        {
            "LINE_CHANNEL_SECRET": SECRET,
            "LINE_CHANNEL_ACCESS_TOKEN": token,
            "LINE_API_BASE": base,
            "PRIVACY_KEY": "k" * 32,
            "PUBLIC_URL": public_url,
        }
    )


@pytest.fixture
async def right() -> AsyncIterator[Settings]:
    """Settings with which everything works, against the simulator."""
    async with listening("/channels/line/webhook") as sink, simulating() as simulator:
        yield settings(simulator.base, sink.address.removesuffix("/channels/line/webhook"))


async def test_after_setup_the_check_finds_nothing(
    right: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await run_check(right) == 1
    assert await run_setup(right) == 0
    capsys.readouterr()
    assert await run_check(right) == 0
    said = capsys.readouterr().out
    assert "問題はありません" in said
    assert "✗" not in said
    assert TOKEN not in said
    assert SECRET not in said


async def test_what_goes_wrong_is_said_without_a_trace(capsys: pytest.CaptureFixture[str]) -> None:
    nowhere = settings(f"http://127.0.0.1:{free_port()}", "https://chat.example")
    assert await run_setup(nowhere) == 1
    assert await run_check(nowhere) == 1
    said = capsys.readouterr()
    assert "つながりません" in said.out
    assert "line check" in said.err
    assert "Traceback" not in said.out + said.err


@pytest.mark.parametrize("action", ["setup", "check"])
def test_without_keys_the_channel_is_off(
    action: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LINE_CHANNEL_SECRET", raising=False)
    monkeypatch.delenv("LINE_CHANNEL_ACCESS_TOKEN", raising=False)
    assert main(["line", action]) == 2
    assert "LINE_CHANNEL_ACCESS_TOKEN" in capsys.readouterr().err
