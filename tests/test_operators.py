"""`python -m bot operators …`."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import pytest

from bot.__main__ import main

if TYPE_CHECKING:
    from redis.asyncio import Redis

PASSWORD = "correct horse battery"


@pytest.fixture
def run(redis_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    monkeypatch.setenv("REDIS_URL", redis_url)
    return Run(monkeypatch, capsys)


class Run:
    def __init__(self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *arguments: str, stdin: str = "") -> tuple[int, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(stdin))
        status = main(["operators", *arguments])
        said = self._capsys.readouterr()
        return status, said.out + said.err


def test_accounts_from_first_to_last(run: Run) -> None:
    assert run("add", "admin", "--role", "supervisor", stdin=f"{PASSWORD}\n")[0] == 0
    assert run("add", "sato", stdin=f"{PASSWORD}\n")[0] == 0
    assert run("list")[1] == "admin\t管理者\nsato\t職員\n"
    assert run("disable", "sato") == (0, "sato\t職員・停止中\n")
    assert run("enable", "sato") == (0, "sato\t職員\n")
    assert run("role", "sato", "supervisor") == (0, "sato\t管理者\n")
    status, said = run("reset", "sato")
    assert (status, "仮パスワード: " in said) == (0, True)
    assert run("list")[1].endswith("sato\t管理者・仮パスワード\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["disable", "admin"], "管理者がいなくなる"),
        (["role", "admin", "operator"], "管理者がいなくなる"),
        (["add", "admin"], "管理者がいなくなる"),
        (["reset", "nobody"], "見つかりません"),
        (["add", "a b"], "名前は"),
    ],
)
def test_what_will_not_do_is_said_in_japanese(run: Run, arguments: list[str], words: str) -> None:
    run("add", "admin", "--role", "supervisor", stdin=f"{PASSWORD}\n")
    status, said = run(*arguments, stdin=f"{PASSWORD}\n")
    assert (status, words in said) == (2, True)


async def test_the_command_line_is_in_the_audit_log_and_ends_sessions(
    redis: Redis, run: Run
) -> None:
    import asyncio  # noqa: PLC0415 - main() runs a loop of its own, so it needs a thread

    await asyncio.to_thread(run, "add", "admin", "--role", "supervisor", stdin=f"{PASSWORD}\n")
    heard = redis.pubsub()
    await heard.subscribe("bot:events")
    await asyncio.to_thread(run, "reset", "admin")
    [key] = [key async for key in redis.scan_iter("bot:{desk}:audit:*")]
    kept = [json.loads(entry["e"]) for _, entry in await redis.xrange(key)]
    assert [(one["action"], one["operator"], one["subject"]) for one in kept] == [
        ("added_operator", "@shell", {"name": "admin"}),
        ("reset_password", "@shell", {"name": "admin"}),
    ]
    told = [await heard.get_message(timeout=5) for _ in range(2)]
    assert "account:admin" in str(told)
    await heard.aclose()
