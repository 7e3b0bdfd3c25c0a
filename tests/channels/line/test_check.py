from __future__ import annotations

from dataclasses import replace

import pytest

from bot.channels.line.account import Quota, Webhook, WebhookTest
from bot.channels.line.check import Finding, check
from bot.channels.line.setup import set_up
from bot.errors import LineRefused, LineUnreachable
from tests.channels.line.fake_account import FakeAccount
from tests.channels.line.said import WORDING

PUBLIC = "https://chat.example"


@pytest.fixture
async def account() -> FakeAccount:
    """One with which everything is right."""
    account = FakeAccount()
    await set_up(account, WORDING, PUBLIC)
    return account


def failed(status: int, reason: str) -> WebhookTest:
    return WebhookTest(success=False, status=status, reason=reason, detail="")


def wrong(findings: list[Finding]) -> list[str]:
    return [finding.text for finding in findings if not finding.fine]


async def test_an_account_that_was_set_up_is_fine(account: FakeAccount) -> None:
    findings = await check(account, WORDING, PUBLIC)
    assert wrong(findings) == []
    said = "\n".join(finding.text for finding in findings)
    for what in (
        "川崎市テスト",
        "トークン",
        "Webhook",
        "シークレット",
        "リッチメニュー",
        "5,000通",
    ):
        assert what in said


async def test_a_wrong_token_is_named_and_nothing_else_is_asked(account: FakeAccount) -> None:
    account.done.clear()
    account.failing = {"name": LineRefused(401, "Authentication failed")}
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert "LINE_CHANNEL_ACCESS_TOKEN" in text
    assert account.done == ["name"]


async def test_a_line_that_cannot_be_reached_is_not_the_tokens_fault(account: FakeAccount) -> None:
    account.failing = {"name": LineUnreachable("timed out")}
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert "つながりません" in text
    assert "LINE_API_BASE" in text


@pytest.mark.parametrize(
    ("met", "expected"),
    [
        (failed(400, "ERROR_STATUS_CODE"), "シークレット: 署名"),
        (failed(404, "ERROR_STATUS_CODE"), "窓口がありません"),
        (failed(503, "ERROR_STATUS_CODE"), "返事は 503"),
        (failed(0, "COULD_NOT_CONNECT"), "つながりません"),
        (failed(0, "REQUEST_TIMEOUT"), "時間内"),
        (failed(-1, "UNCLASSIFIED"), "UNCLASSIFIED"),
    ],
)
async def test_what_the_test_event_met_is_said(
    account: FakeAccount, met: WebhookTest, expected: str
) -> None:
    account.met = met
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert expected in text


async def test_a_webhook_elsewhere_or_switched_off_is_said(account: FakeAccount) -> None:
    account.endpoint = Webhook("https://elsewhere.example/hook", active=False)
    elsewhere, off = wrong(await check(account, WORDING, PUBLIC))
    assert "https://elsewhere.example/hook" in elsewhere
    assert "https://chat.example/channels/line/webhook" in elsewhere
    assert "Webhookの利用" in off


async def test_no_webhook_or_no_public_address_is_said(account: FakeAccount) -> None:
    (text,) = wrong(await check(account, WORDING, None))
    assert "PUBLIC_URL" in text
    account.endpoint = None
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert "line setup" in text


async def test_a_public_address_without_https_is_said(account: FakeAccount) -> None:
    texts = wrong(await check(account, WORDING, "http://chat.example"))
    assert "https://" in texts[0]
    account.endpoint = Webhook("http://localhost:8000/channels/line/webhook", active=True)
    assert wrong(await check(account, WORDING, "http://localhost:8000")) == []


async def test_a_missing_or_another_menu_is_said(account: FakeAccount) -> None:
    linked, account.linked = account.linked, None
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert "表示されていません" in text
    account.linked = linked
    account.known[linked or ""] = "夏の催し"
    (text,) = wrong(await check(account, WORDING, PUBLIC))
    assert "別のもの" in text


@pytest.mark.parametrize(
    ("used", "expected"),
    [(3999, None), (4000, "少なく"), (5000, "もう送れません"), (5001, "もう送れません")],
)
async def test_a_quota_that_runs_out_is_said(
    account: FakeAccount, used: int, expected: str | None
) -> None:
    account.sent = replace(account.sent, used=used)
    texts = wrong(await check(account, WORDING, PUBLIC))
    assert (expected is None) == (texts == [])
    assert all(str(expected) in text for text in texts)


async def test_an_account_without_limit_is_fine(account: FakeAccount) -> None:
    account.sent = Quota(limit=None, used=1_000_000)
    assert wrong(await check(account, WORDING, PUBLIC)) == []


async def test_one_question_that_fails_does_not_hide_the_others(account: FakeAccount) -> None:
    account.failing = {"webhook": LineRefused(500, "Internal server error")}
    findings = await check(account, WORDING, PUBLIC)
    (text,) = wrong(findings)
    assert "500" in text
    assert "送信数" in findings[-1].text
