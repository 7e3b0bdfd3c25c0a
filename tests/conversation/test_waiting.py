"""The queue's words and its end at closing time, and the counter for messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from bot.conversation.model import Change, Draft, Happening, Outcome, Role, State
from bot.conversation.ports import EngineReply
from bot.errors import Conflict
from tests.conversation.test_flow import HANDOFF, Desk
from tests.fakes import NIGHT, conversation

LAST_MOMENT = datetime.fromisoformat("2021-04-01T20:59:50+09:00")
CLOSED = datetime.fromisoformat("2021-04-01T21:00:00+09:00")


@pytest.fixture
async def desk() -> Desk:
    built = Desk()
    await built.store.create(conversation())
    built.engine.prepared["人と話したい"] = [HANDOFF]
    return built


async def test_who_waits_is_looked_at_again_at_closing_time(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.citizen_says("人と話したい")
    assert await desk.flow.settle("c1") == 10.0


async def test_at_closing_time_who_waits_is_told_once_and_offered_to_leave_a_message(
    desk: Desk,
) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("人と話したい")
    desk.clock.at = CLOSED
    assert await desk.flow.settle("c1") is None
    before = await desk.transcript()
    assert await desk.flow.settle("c1") is None
    assert await desk.transcript() == before
    notice = before[-1]
    assert notice.role == Role.SYSTEM
    assert "明日8:00" in notice.text
    assert [choice["label"] for choice in notice.choices] == [
        "書いたことを伝言にする",
        "伝言をやめる",
    ]
    assert (await desk.state()).state is State.BOT
    assert await desk.index.queue_length() == 0
    entry = (await desk.store.history("c1"))[-1]
    assert (entry.kind, entry.detail) == (Happening.LEFT_QUEUE, {"reason": "closing"})


async def test_whom_an_operator_has_is_not_disturbed_at_closing_time(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("人と話したい")
    await desk.become(state=State.OPERATOR, owner="sato", waiting_since=None)
    before = await desk.transcript()
    desk.clock.at = NIGHT
    assert await desk.flow.settle("c1") is None
    assert await desk.transcript() == before
    assert (await desk.state()).owner == "sato"


async def test_a_claim_at_the_very_moment_of_closing_wins_or_loses_as_a_whole(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("人と話したい")
    seen = await desk.state()
    desk.clock.at = CLOSED
    await desk.become(state=State.OPERATOR, owner="sato", waiting_since=None)
    opens = desk.calendar.next_opening(CLOSED)
    change = desk.flow._waiting.at_closing(seen, opens, CLOSED)
    with pytest.raises(Conflict):
        await desk.store.commit(seen, change)


async def test_what_was_written_while_waiting_can_become_the_message(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("SDGsとは")
    await desk.talk("人と話したい")
    await desk.talk("保育園の書類のことです")
    await desk.talk("来週までに知りたいです")
    desk.clock.at = CLOSED
    await desk.flow.settle("c1")
    notice = (await desk.transcript())[-1]
    [receipt] = await desk.click(notice)
    assert "1234-5678" in receipt.text
    [ticket] = await desk.store.tickets("c1")
    assert ticket.text == "人と話したい\n保育園の書類のことです\n来週までに知りたいです"
    [again] = await desk.click(notice)
    assert "次に書いていただく文" in again.text
    assert await desk.store.tickets("c1") == [ticket]


async def test_after_closing_time_the_next_text_becomes_the_message(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("人と話したい")
    desk.clock.at = CLOSED
    await desk.flow.settle("c1")
    await desk.talk("道路の穴のことです")
    [ticket] = await desk.store.tickets("c1")
    assert (ticket.text, ticket.due_at) == ("道路の穴のことです", "2021-04-02T21:00:00+09:00")
    assert desk.tickets.known == {ticket.receipt: ticket}


async def test_a_day_that_closes_early_closes_early_for_who_waits(desk: Desk) -> None:
    desk.clock.at = LAST_MOMENT
    await desk.talk("人と話したい")
    desk.calendar.exceptions = {date(2021, 4, 1): None, date(2021, 4, 2): None}
    await desk.flow.settle("c1")
    assert "4月3日（土）8:00" in (await desk.transcript())[-1].text


async def test_with_nobody_there_that_is_said_and_a_message_offered(desk: Desk) -> None:
    desk.presence.names = []
    [reply] = await desk.talk("人と話したい")
    assert "いません" in reply.text
    assert "1番目" in reply.text
    assert [c["label"] for c in reply.choices] == ["伝言を残す", "順番待ちをやめる"]
    assert (await desk.state()).state is State.WAITING
    [invitation] = await desk.click(reply)
    assert "次に書いていただく文" in invitation.text
    assert (await desk.state()).state is State.BOT
    await desk.talk("電話がほしいです")
    [ticket] = await desk.store.tickets("c1")
    assert ticket.text == "電話がほしいです"


@pytest.mark.parametrize("names", [[], ["sato"]])
async def test_who_asks_again_reads_the_same_truth(desk: Desk, names: list[str]) -> None:
    await desk.talk("人", {"intent": "handoff"})
    desk.presence.names = names
    [notice] = await desk.talk("人", {"intent": "handoff"})
    assert ("いません" in notice.text) is (not names)
    assert "1番目" in notice.text


@pytest.mark.parametrize(("seconds", "minutes"), [(20.0, 1), (125.0, 3), (600.0, 10)])
async def test_the_expected_wait_is_told_if_it_is_known(
    desk: Desk, seconds: float, minutes: int
) -> None:
    desk.waits.median = seconds
    [reply] = await desk.talk("人と話したい")
    assert f"およそ{minutes}分" in reply.text


async def test_an_unknown_wait_is_not_made_up(desk: Desk) -> None:
    [reply] = await desk.talk("人と話したい")
    assert "およそ" not in reply.text


async def leave(desk: Desk) -> None:
    desk.clock.at = NIGHT
    await desk.talk("人と話したい")
    await desk.talk("相談です")


@pytest.mark.parametrize(
    ("status", "word"),
    [
        ("open", "これから"),
        ("in_progress", "対応"),
        ("answered", "お答えしました"),
        ("closed", "個別"),
    ],
)
async def test_a_receipt_number_asks_how_the_ticket_stands(
    desk: Desk, status: str, word: str
) -> None:
    await leave(desk)
    [ticket] = await desk.store.tickets("c1")
    changed = replace(ticket, status=status)
    await desk.store.commit(await desk.state(), Change(tickets=(changed,)))
    [reply] = await desk.talk("受付番号 １２３４ ５６７８ はどうなりましたか")
    assert word in reply.text
    assert desk.engine.asked[-1][1] == "人と話したい"


async def test_anothers_number_is_not_known_here(desk: Desk) -> None:
    [reply] = await desk.talk("受付番号0417-2280")
    assert "受け付けていません" in reply.text
    assert desk.engine.asked == []


async def test_two_years_are_no_receipt_number(desk: Desk) -> None:
    [answer] = await desk.talk("2020-2021")
    assert answer.text == "「2020-2021」ですね。"


async def test_other_hours_to_come_are_told_with_the_lines_hours(desk: Desk) -> None:
    draft = Draft(Role.BOT, "8:00〜21:00です", outcome=Outcome.LINE_INFO, easy="8時からです")
    info = EngineReply(draft)
    desk.engine.prepared["何時まで"] = [info]
    [plain] = await desk.talk("何時まで")
    assert plain.text == "8:00〜21:00です"
    desk.calendar.exceptions = {date(2021, 4, 3): None}
    [told] = await desk.talk("何時まで")
    assert told.text.endswith("4月3日（土）は休み")
    assert told.easy.startswith("8時からです\n")
    assert told.easy.endswith("4月3日（土）は　休み")
