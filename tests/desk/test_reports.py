"""What supervisors read: figures, feedback, the audit log, records."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.conversation.model import (
    Change,
    Disposition,
    Draft,
    Entry,
    Happening,
    Outcome,
    Role,
    State,
)
from bot.conversation.ports import EngineReply
from bot.desk.accounts import OperatorRole
from bot.form.contact import Contact
from tests.desk.test_api import NOON, Operator, operator
from tests.gateway import Citizen, Gateway, running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

DAY = "2021-04-01"
UNKNOWN = Draft(Role.BOT, "ありません", outcome=Outcome.OUT_OF_SCOPE)
FACT = Draft(Role.BOT, "目標です", outcome=Outcome.ANSWER, initiative="sdgs", facet="target")


@pytest.fixture
async def gateway(redis_url: str) -> AsyncIterator[Gateway]:
    async with running(redis_url, BOT_NOW=NOON) as built:
        for text in ("プールの料金は？", "プールの料金を教えて"):
            built.engine.prepared[text] = [EngineReply(UNKNOWN)]
        built.engine.prepared["目標は"] = [EngineReply(FACT)]
        yield built


@pytest.fixture
async def lead(gateway: Gateway) -> Operator:
    return await operator(gateway, "lead", OperatorRole.SUPERVISOR)


async def happen(gateway: Gateway, citizen: Citizen, *entries: Entry, **fields: Any) -> None:
    """What the desk writes beside what it says."""
    services = gateway.services
    conversation = await services.store.load(citizen.id)
    await services.store.commit(conversation, Change(fields=fields, history=entries))
    await services.work.schedule(citizen.id)


async def settled(gateway: Gateway, *citizens: Citizen) -> None:
    """Counts what the worker may be about to count."""
    for citizen in citizens:
        await gateway.services.worker._settler.settle(citizen.id)


def rows(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert "attachment" in answer.headers["content-disposition"]
    text = answer.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


async def test_a_day_in_figures(gateway: Gateway, lead: Operator) -> None:
    one, other = await gateway.citizen(), await gateway.citizen()
    await one.ask("目標は")
    await other.ask("プールの料金は？")
    await other.ask("プールの料金を教えて")
    queued = Entry(Happening.QUEUED, detail={"reason": "asked", "after": "out_of_scope"})
    await happen(gateway, other, queued, state=State.WAITING)
    await happen(gateway, other, Entry(Happening.CLAIMED, "sato"), state=State.OPERATOR)
    closed = Entry(Happening.CLOSED, "sato", detail={"disposition": Disposition.SOLVED})
    await happen(gateway, other, closed, state=State.CLOSED)
    await settled(gateway, one, other)

    found = await lead.get("statistics")
    assert (found["from"], found["to"]) == (DAY, DAY)
    assert (found["conversations"], found["messages"], found["handoffs"]) == (2, 3, 1)
    assert (found["share_alone"], found["handoff_rate"]) == (0.5, 0.5)
    assert found["by_hour"]["web"]["12"] == 2
    assert (found["reasons"], found["after"]) == ({"asked": 1}, {"out_of_scope": 1})
    assert (found["initiatives"], found["facets"]) == ({"sdgs": 1}, {"target": 1})
    assert found["dispositions"] == {"solved": 1}
    assert found["waiting"]["count"] == found["handling"]["count"] == 1
    [group] = found["questions"]
    assert (group["count"], group["text"]) == (2, "プールの料金を教えて")
    assert (await lead.get("statistics?from=2021-03-01&to=2021-03-31"))["conversations"] == 0

    page = (await lead.http.get("/desk/statistics?from=2021-03-31&to=2021-04-01")).text
    for words in (
        "自動応答だけで回答",
        "50.0%",
        "SDGs未来都市かわさき",
        "プールの料金を教えて",
        "解決した",
    ):
        assert words in page
    assert page.count('<svg class="chart') >= 5


async def test_figures_as_files_for_a_spreadsheet(gateway: Gateway, lead: Operator) -> None:
    citizen = await gateway.citizen()
    await citizen.ask("目標は")
    await settled(gateway, citizen)
    hours = rows(await lead.http.get("/api/desk/statistics/csv?table=hours"))
    assert hours[:2] == [["時間帯ごとの会話"], ["時", "ウェブ", "LINE", "引き継ぎ"]]
    assert hours[14] == ["12時", "1", "0", "0"]
    times = rows(await lead.http.get("/api/desk/statistics/csv?table=times"))
    assert times[1] == ["項目", "件数", "中央値（秒）", "95パーセンタイル（秒）"]
    whole = rows(await lead.http.get("/api/desk/statistics/csv"))
    assert ["自動応答だけで回答できた割合", "1.0"] in whole
    answer = await lead.http.get("/api/desk/statistics/csv?table=secrets")
    assert answer.status_code == 400


async def say_feedback(gateway: Gateway, **word: Any) -> None:
    told = {"at": NOON, "conversation_id": "c1", "message_id": "1-1", "helpful": True, **word}
    await gateway.services.redis.xadd("bot:{desk}:feedback", {"e": json.dumps(told)})


async def test_feedback_is_shown_filtered_and_paged(gateway: Gateway, lead: Operator) -> None:
    for number in range(60):
        await say_feedback(gateway, message_id=f"1-{number}", initiative="sdgs")
    await say_feedback(gateway, message_id=None, helpful=False, comment="=1+1 <b>遅い</b>")
    found = await lead.get("feedback")
    assert (found["helpful"], found["unhelpful"], len(found["feedback"])) == (60, 1, 50)
    rest = await lead.get(f"feedback?before={found['next']}")
    assert (len(rest["feedback"]), rest["next"]) == (11, None)
    [bad] = (await lead.get("feedback?helpful=false&commented=true"))["feedback"]
    assert (bad["message_id"], bad["comment"]) == (None, "=1+1 <b>遅い</b>")
    page = (await lead.http.get("/desk/feedback?helpful=false")).text
    assert "&lt;b&gt;遅い" in page
    assert "職員との会話" in page
    file = rows(await lead.http.get("/api/desk/feedback/csv?helpful=false"))
    assert file[1][2] == "'=1+1 <b>遅い</b>"
    assert (await lead.get("statistics"))["feedback"] == {"helpful": 60, "unhelpful": 1}


async def test_the_audit_log_says_who_did_what(gateway: Gateway, lead: Operator) -> None:
    sato, citizens = await operator(gateway), [await gateway.citizen() for _ in range(60)]
    await citizens[0].ask("電話は 090-1234-5678 です")
    for citizen in citizens:
        for _ in range(2):  # a page loads anew what changes; that is one look
            await sato.get(f"conversations/{citizen.id}")
    await lead.post("accounts/sato", role="supervisor")
    first = await lead.get("audit")
    newest = first["entries"][0]
    assert (newest["operator"], newest["action"]) == ("lead", "changed_role")
    assert newest["subject"] == {"name": "sato", "role": "supervisor"}
    rest = await lead.get(f"audit?before={first['next']}")
    ids = [entry["id"] for entry in (*first["entries"], *rest["entries"])]
    assert len(ids) == len(set(ids)) == 63  # 60 looks, 2 logins, 1 change
    by_sato = await lead.get("audit?operator=sato&action=logged_in")
    assert [entry["action"] for entry in by_sato["entries"]] == ["logged_in"]
    assert (await lead.get("audit?from=2021-03-01&to=2021-03-31"))["entries"] == []
    file = rows(await lead.http.get("/api/desk/audit/csv?operator=sato"))
    assert len(file) == 62
    page = (await lead.http.get("/desk/audit")).text
    assert "役割を変更" in page
    assert "1234-5678" not in json.dumps(await lead.get("audit"))


async def test_a_failed_login_is_kept_only_for_names_that_exist(
    gateway: Gateway, lead: Operator
) -> None:
    for name in ("lead", "secret typed into the wrong field"):
        await gateway.http.post("/api/desk/login", json={"name": name, "password": "wrong"})
    found = await lead.get("audit?action=login_failed")
    assert [entry["operator"] for entry in found["entries"]] == ["lead"]


@pytest.mark.parametrize(
    "query", ["from=2021-04-02&to=2021-04-01", "from=x", "before=x", "before=2021-04-01/x-1"]
)
async def test_what_is_no_period_or_cursor_is_refused(lead: Operator, query: str) -> None:
    assert (await lead.http.get(f"/api/desk/audit?{query}")).status_code == 400
    assert (await lead.http.get(f"/api/desk/feedback?{query}")).status_code == 400
    for page in ("audit", "feedback"):
        shown = await lead.http.get(f"/desk/{page}?{query}")
        assert (shown.status_code, 'role="alert"' in shown.text) == (400, True)
    if "from" in query:
        shown = await lead.http.get(f"/desk/statistics?{query}")
        assert (shown.status_code, "期間は" in shown.text) == (400, True)


async def told(gateway: Gateway, citizen: Citizen) -> None:
    """A conversation with a contact form, a note, and a telephone number of an operator."""
    await citizen.ask("目標は")
    token = await gateway.services.forms.new(citizen.id)
    contact = Contact("山田花子", "090-1234-5678", "家の前の道路です")
    await gateway.services.contact_forms.submit(token, citizen.id, contact)
    note = Entry(Happening.NOTE, "sato", "折り返しは 080-1111-2222 へ")
    await happen(gateway, citizen, note)
    conversation = await gateway.services.store.load(citizen.id)
    said = Draft(Role.OPERATOR, "土木センター 044-111-2222 です", author="sato")
    await gateway.services.store.commit(conversation, Change((said,)))


async def test_a_record_has_no_personal_data(gateway: Gateway) -> None:
    citizen, sato = await gateway.citizen(), await operator(gateway)
    await told(gateway, citizen)
    path = f"/api/desk/conversations/{citizen.id}/export"
    text = await sato.http.get(path)
    assert text.headers["content-disposition"].endswith('.txt"')
    for words in (
        "市民: 目標は",
        "自動応答: 目標です",
        "職員（sato）",
        "メモ sato",
        "伏せてあります",
    ):
        assert words in text.text
    found = await sato.http.get(f"{path}?format=json")
    assert found.json()["masked"] is True
    assert found.json()["tickets"][0]["contact"] is None
    for answer in (text, found):
        for secret in ("山田", "1234-5678", "111-2222", "道路", "/form/"):
            assert secret not in answer.text
    assert (await sato.http.get(f"{path}?format=pdf")).status_code == 400
    refused = await sato.post(f"conversations/{citizen.id}/export", reason="照会", format="text")
    assert refused.status_code == 403


async def test_with_a_reason_a_supervisor_gets_all_and_the_log_keeps_it(
    gateway: Gateway, lead: Operator
) -> None:
    citizen = await gateway.citizen()
    await told(gateway, citizen)
    path = f"conversations/{citizen.id}/export"
    for body in ({"format": "text"}, {"format": "text", "reason": " "}, {"reason": "照会"}):
        assert (await lead.post(path, **body)).status_code == 400
    assert (await lead.post(path, reason="照会", format=["text"])).status_code == 400
    reason = "090-9999-8888 の方からの照会"
    text = (await lead.post(path, reason=reason, format="text")).text
    for words in ("個人情報を含みます", "山田花子", "090-1234-5678", "080-1111-2222"):
        assert words in text
    whole = (await lead.post(path, reason=reason, format="json")).json()
    assert whole["tickets"][0]["contact"]["message"] == "家の前の道路です"
    entries = (await lead.get("audit?action=exported_unmasked"))["entries"]
    assert [entry["subject"]["reason"] for entry in entries] == ["［電話番号］ の方からの照会"] * 2


async def test_the_export_page_finds_by_number_or_receipt(gateway: Gateway, lead: Operator) -> None:
    citizen = await gateway.citizen()
    await told(gateway, citizen)
    [ticket] = await gateway.services.store.tickets(citizen.id)
    for wanted in (citizen.id, ticket.receipt):
        page = await lead.http.get("/desk/export", params={"conversation": wanted})
        assert f"/api/desk/conversations/{citizen.id}/export?format=text" in page.text
    nothing = await lead.http.get("/desk/export", params={"conversation": '"><b>'})
    assert "見つかりません" in nothing.text
    assert '"><b>' not in nothing.text
