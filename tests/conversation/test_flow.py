"""The citizen's journey, step by step, on fakes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.conversation.counter import Counter
from bot.conversation.flow import DANGER_LASTS, ENGINE_ATTEMPTS, RETRY_SECONDS, Flow
from bot.conversation.hours import Calendar, OpeningHours
from bot.conversation.intake import Intake
from bot.conversation.model import (
    START,
    Change,
    Draft,
    Happening,
    Incoming,
    Outcome,
    Priority,
    Role,
    State,
    Ticket,
)
from bot.conversation.ports import EngineReply
from bot.conversation.waiting import WaitingWords
from bot.errors import Conflict
from bot.metrics import Metrics
from bot.wording import load_wording
from tests.fakes import (
    NIGHT,
    NOON,
    FakeDeskIndex,
    FakeEngine,
    FakeForms,
    FakeLive,
    FakePresence,
    FakeReceipts,
    FakeStore,
    FakeTicketIndex,
    FakeWaits,
    StoppedClock,
    conversation,
)

if TYPE_CHECKING:
    from bot.conversation.model import Conversation, Message

HANDOFF = EngineReply(Draft(Role.BOT, "", outcome=Outcome.HANDOFF), effect="handoff")
NOT_STATED = Outcome.NOT_STATED
OPINION = EngineReply(Draft(Role.BOT, "", outcome=Outcome.OPINION), effect="opinion")


@dataclass
class Desk:
    """A flow over fakes, and a citizen who talks to it."""

    clock: StoppedClock = field(default_factory=StoppedClock)
    engine: FakeEngine = field(default_factory=FakeEngine)
    index: FakeDeskIndex = field(default_factory=FakeDeskIndex)
    tickets: FakeTicketIndex = field(default_factory=FakeTicketIndex)
    presence: FakePresence = field(default_factory=FakePresence)
    waits: FakeWaits = field(default_factory=FakeWaits)
    calendar: Calendar = field(default_factory=lambda: Calendar(OpeningHours.parse("08:00-21:00")))
    said: int = 0

    def __post_init__(self) -> None:
        self.store = FakeStore(self.clock)
        self.wording = load_wording()
        self.intake = Intake(
            receipts=FakeReceipts(), clock=self.clock, calendar=self.calendar, due_days=1
        )
        self.flow = Flow(
            store=self.store,
            engine=self.engine,
            desk=self.index,
            tickets=self.tickets,
            counter=Counter(
                store=self.store, intake=self.intake, forms=FakeForms(), wording=self.wording
            ),
            waiting=WaitingWords(presence=self.presence, waits=self.waits, wording=self.wording),
            live=FakeLive(),
            clock=self.clock,
            hours=self.calendar,
            wording=self.wording,
            metrics=Metrics(),
        )

    async def citizen_says(self, text: str, chosen: dict[str, str] | None = None) -> str:
        self.said += 1
        incoming = Incoming(f"client-{self.said}", text, self.clock.now().isoformat(), chosen)
        return await self.store.accept("c1", incoming)

    async def talk(self, text: str, chosen: dict[str, str] | None = None) -> list[Message]:
        before = await self.transcript()
        await self.citizen_says(text, chosen)
        await self.flow.settle("c1")
        return (await self.transcript())[len(before) + 1 :]

    async def click(self, message: Message, nth: int = 0) -> list[Message]:
        offer = await self.store.offer("c1", message.choices[nth]["choice"])
        assert offer is not None
        return await self.talk(offer.label, offer.payload)

    async def transcript(self) -> list[Message]:
        return await self.store.messages("c1", START)

    async def state(self) -> Conversation:
        return await self.store.load("c1")

    async def become(self, **fields: object) -> None:
        await self.store.commit(await self.state(), Change(fields=fields))


@pytest.fixture
async def desk() -> Desk:
    built = Desk()
    await built.store.create(conversation())
    return built


async def test_a_question_gets_one_final_answer(desk: Desk) -> None:
    [answer] = await desk.talk("こんにちは")
    assert (answer.role, answer.text, answer.final) == (Role.BOT, "「こんにちは」ですね。", True)
    assert answer.in_reply_to == (await desk.transcript())[0].id


async def test_of_several_replies_only_the_last_is_final(desk: Desk) -> None:
    draft = Draft(Role.BOT, "はい", outcome=Outcome.ANSWER, initiative="sdgs", facet="overview")
    second = EngineReply(replace(draft, initiative="finance"))
    desk.engine.prepared["両方"] = [EngineReply(draft), second]
    replies = await desk.talk("両方")
    assert [reply.final for reply in replies] == [False, True]
    assert (await desk.state()).topic == "finance"


async def test_messages_are_answered_in_the_order_in_which_they_came(desk: Desk) -> None:
    for text in ("一", "二", "三"):
        await desk.citizen_says(text)
    await desk.flow.settle("c1")
    assert [text for _, text in desk.engine.asked] == ["一", "二", "三"]
    replied_to = [m.in_reply_to for m in await desk.transcript() if m.role == Role.BOT]
    assert replied_to == [m.id for m in await desk.transcript() if m.role == Role.CITIZEN]


async def test_settling_again_answers_nothing_again(desk: Desk) -> None:
    await desk.talk("こんにちは")
    before = await desk.transcript()
    assert await desk.flow.settle("c1") is None
    assert await desk.transcript() == before


async def test_two_workers_at_once_give_one_answer(desk: Desk) -> None:
    other_done = False

    class Race(FakeEngine):
        async def reply(self, *arguments: object) -> list[EngineReply]:
            nonlocal other_done
            if not other_done:
                other_done = True
                await desk.flow.settle("c1")  # the other worker overtakes while we ask
            return await FakeEngine.reply(self, *arguments)  # type: ignore[arg-type]

    desk.flow._engine = Race()
    replies = await desk.talk("一度だけ")
    assert [reply.role for reply in replies] == [Role.BOT]


async def test_asking_for_a_person_within_hours_leads_into_the_queue(desk: Desk) -> None:
    desk.index.waiting["someone-else"] = NOON.replace(hour=9).isoformat()
    desk.engine.prepared["人と話したい"] = [HANDOFF]
    [reply] = await desk.talk("人と話したい")
    assert reply.outcome == Outcome.HANDOFF
    assert "2番目" in reply.text
    assert (await desk.state()).state is State.WAITING
    assert await desk.index.queue_position("c1") == 2


@pytest.mark.parametrize("state", [State.WAITING, State.OPERATOR])
async def test_the_bot_is_silent_while_a_person_has_it(desk: Desk, state: State) -> None:
    await desk.become(state=state)
    assert await desk.talk("まだですか") == []
    assert desk.engine.asked == []


async def test_the_bot_answers_again_after_the_person(desk: Desk) -> None:
    await desk.become(state=State.OPERATOR)
    await desk.talk("職員さんへ")
    await desk.become(state=State.BOT)
    [answer] = await desk.talk("また質問です")
    assert answer.text == "「また質問です」ですね。"


async def test_a_closed_conversation_opens_again_with_the_bot(desk: Desk) -> None:
    await desk.become(state=State.CLOSED)
    await desk.talk("もう一つ")
    assert (await desk.state()).state is State.BOT


@pytest.mark.parametrize(
    ("chosen", "reason"), [(None, "asked"), ({"intent": "handoff"}, "offered")]
)
async def test_the_history_says_why_a_person_was_called(
    desk: Desk, chosen: dict[str, str] | None, reason: str
) -> None:
    desk.engine.prepared["人と話したい"] = [HANDOFF]
    desk.engine.prepared["予算は"] = [EngineReply(Draft(Role.BOT, "な", outcome=NOT_STATED))]
    await desk.talk("予算は")
    await desk.talk("人と話したい", chosen)
    [entry] = await desk.store.history("c1")
    assert entry.kind is Happening.QUEUED
    assert entry.detail == {"reason": reason, "after": "not_stated"}


async def test_who_comes_back_after_the_answer_to_a_ticket_is_known_by_it(desk: Desk) -> None:
    answer = Draft(Role.OPERATOR, "どうぞ", "1-0", Outcome.HANDOFF, author="sato")
    await desk.citizen_says("穴がある")
    await desk.flow.settle("c1")
    await desk.store.commit(await desk.state(), Change((answer,)))
    await desk.talk("人", {"intent": "handoff"})
    [entry] = await desk.store.history("c1")
    assert entry.detail == {"reason": "ticket", "after": "handoff"}


async def test_the_history_has_tickets_and_who_left_the_queue(desk: Desk) -> None:
    desk.engine.prepared["公園を増やして"] = [OPINION]
    await desk.talk("公園を増やして")
    [waiting] = await desk.talk("人", {"intent": "handoff"})
    await desk.click(waiting)
    kinds = [entry.kind for entry in await desk.store.history("c1")]
    assert kinds == [Happening.TICKET, Happening.QUEUED, Happening.LEFT_QUEUE]
    [ticket, *_] = await desk.store.history("c1")
    assert ticket.detail == {"receipt": "1234-5678", "kind": "opinion"}


async def test_one_can_leave_the_queue(desk: Desk) -> None:
    [waiting] = await desk.talk("人", {"intent": "handoff"})
    [left] = await desk.click(waiting)
    assert left.final
    assert (await desk.state()).state is State.BOT
    assert await desk.index.queue_position("c1") is None


async def test_after_hours_the_next_text_becomes_a_ticket(desk: Desk) -> None:
    desk.clock.at = NIGHT
    desk.engine.prepared["人と話したい"] = [HANDOFF]
    [invitation] = await desk.talk("人と話したい")
    assert invitation.outcome == Outcome.HANDOFF
    assert "明日8:00" in invitation.text
    assert (await desk.state()).state is State.BOT

    [receipt] = await desk.talk("保育園の書類のことで相談したい")
    assert "1234-5678" in receipt.text
    [ticket] = await desk.store.tickets("c1")
    assert (ticket.kind, ticket.text) == ("message", "保育園の書類のことで相談したい")

    [answer] = await desk.talk("こんばんは")
    assert answer.text == "「こんばんは」ですね。"


async def test_after_hours_one_can_leave_no_message(desk: Desk) -> None:
    desk.clock.at = NIGHT
    [invitation] = await desk.talk("人", {"intent": "handoff"})
    await desk.click(invitation)
    await desk.talk("GIGAスクールって何")
    assert await desk.store.tickets("c1") == []
    assert desk.engine.asked[-1][1] == "GIGAスクールって何"


async def test_what_the_gateway_says_has_its_plain_form(desk: Desk) -> None:
    desk.engine.prepared["人と話したい"] = [HANDOFF]
    desk.engine.prepared["公園を増やして"] = [OPINION]
    [opinion] = await desk.talk("公園を増やして")
    assert "1234-5678" in (opinion.easy or "")
    desk.clock.at = NIGHT
    [invitation] = await desk.talk("人と話したい")
    assert "明日の　8:00からです" in (invitation.easy or "")
    desk.engine.down = True
    await desk.talk("伝えてください")
    [apology] = await desk.talk("いつ？")
    assert (apology.role, (apology.easy or "")[:5]) == (Role.SYSTEM, "すみません")


async def test_an_opinion_gets_its_receipt_number(desk: Desk) -> None:
    desk.engine.prepared["公園を増やして"] = [OPINION]
    [reply] = await desk.talk("公園を増やして")
    assert reply.outcome == Outcome.OPINION
    assert "1234-5678" in reply.text
    [ticket] = await desk.store.tickets("c1")
    assert (ticket.kind, ticket.text, ticket.message_id) == (
        "opinion",
        "公園を増やして",
        reply.in_reply_to,
    )


async def test_while_the_engine_is_down_one_apology_and_later_the_answer(desk: Desk) -> None:
    desk.engine.down = True
    await desk.citizen_says("いつから？")
    assert await desk.flow.settle("c1") == RETRY_SECONDS
    assert await desk.flow.settle("c1") == RETRY_SECONDS
    [apology] = (await desk.transcript())[1:]
    assert apology.role == Role.SYSTEM
    assert not apology.final
    assert [choice["label"] for choice in apology.choices] == ["職員と話す"]

    desk.engine.down = False
    assert await desk.flow.settle("c1") is None
    answer = (await desk.transcript())[-1]
    assert (answer.text, answer.in_reply_to) == ("「いつから？」ですね。", apology.in_reply_to)


async def test_while_the_engine_is_down_a_person_can_be_called(desk: Desk) -> None:
    desk.engine.down = True
    await desk.talk("いつから？")
    apology = (await desk.transcript())[-1]
    [reply] = await desk.click(apology)
    assert reply.outcome == Outcome.HANDOFF
    assert (await desk.state()).state is State.WAITING
    await desk.flow.settle("c1")
    assert len(await desk.transcript()) == 4


async def test_after_hours_and_engine_down_the_ticket_is_taken_and_the_question_kept(
    desk: Desk,
) -> None:
    desk.clock.at, desk.engine.down = NIGHT, True
    question = await desk.citizen_says("いつから？")
    await desk.flow.settle("c1")
    await desk.click((await desk.transcript())[-1])
    await desk.talk("電話をください")
    [ticket] = await desk.store.tickets("c1")
    assert ticket.text == "電話をください"

    desk.engine.down = False
    await desk.flow.settle("c1")
    answer = (await desk.transcript())[-1]
    assert (answer.text, answer.in_reply_to) == ("「いつから？」ですね。", question)


async def test_a_failure_that_passes_is_not_seen(desk: Desk) -> None:
    desk.engine.broken = ENGINE_ATTEMPTS - 1
    [answer] = await desk.talk("こんにちは")
    assert answer.text == "「こんにちは」ですね。"


async def test_a_message_that_breaks_the_engine_gets_an_apology_and_a_person(desk: Desk) -> None:
    desk.engine.broken = ENGINE_ATTEMPTS
    [reply] = await desk.talk("💣")
    assert (reply.outcome, reply.final) == (Outcome.CLARIFY, True)
    assert [choice["label"] for choice in reply.choices] == ["職員と話す"]
    [answer] = await desk.talk("こんにちは")
    assert answer.text == "「こんにちは」ですね。"


async def test_a_claim_in_the_middle_of_a_turn_silences_the_bot(desk: Desk) -> None:
    class Claimed(FakeEngine):
        async def reply(self, *arguments: object) -> list[EngineReply]:
            await desk.become(state=State.OPERATOR, owner="sato")
            return await FakeEngine.reply(self, *arguments)  # type: ignore[arg-type]

    desk.flow._engine = Claimed()
    assert await desk.talk("もしもし") == []


@pytest.mark.parametrize(
    ("text", "number"),
    [("家が燃えています！", "119"), ("もう死にたい", "0120-279-338"), ("たすけて", "110")],
)
async def test_danger_is_met_at_once_even_without_the_engine(
    desk: Desk, text: str, number: str
) -> None:
    desk.engine.down = True
    [reply] = await desk.talk(text)
    assert (reply.outcome, reply.final) == (Outcome.EMERGENCY, True)
    assert number in reply.text
    assert [choice["label"] for choice in reply.choices] == ["職員と話す"]
    assert desk.engine.asked == []


async def test_danger_comes_before_the_ticket_that_is_awaited(desk: Desk) -> None:
    desk.clock.at = NIGHT
    await desk.talk("人", {"intent": "handoff"})
    [reply] = await desk.talk("火事です")
    assert reply.outcome == Outcome.EMERGENCY
    assert await desk.store.tickets("c1") == []


async def test_who_waits_in_danger_is_told_whom_to_call(desk: Desk) -> None:
    await desk.talk("人", {"intent": "handoff"})
    [notice] = await desk.talk("父が倒れました")
    assert notice.role == Role.SYSTEM
    assert "119" in notice.text
    assert (await desk.state()).state is State.WAITING


async def test_a_handoff_soon_after_danger_is_an_emergency(desk: Desk) -> None:
    await desk.talk("家が燃えています！")
    await desk.talk("人", {"intent": "handoff"})
    assert (await desk.state()).priority == Priority.EMERGENCY


async def test_danger_that_the_engine_finds_counts_as_well(desk: Desk) -> None:
    draft = Draft(Role.BOT, "119へ", outcome=Outcome.EMERGENCY)
    desk.engine.prepared["変な煙です"] = [EngineReply(draft)]
    await desk.talk("変な煙です")
    await desk.talk("人", {"intent": "handoff"})
    assert (await desk.state()).priority == Priority.EMERGENCY


async def test_danger_long_ago_is_no_emergency(desk: Desk) -> None:
    await desk.talk("家が燃えています！")
    desk.clock.at += DANGER_LASTS + timedelta(minutes=1)
    await desk.talk("人", {"intent": "handoff"})
    assert (await desk.state()).priority is None


async def test_danger_while_waiting_brings_forward_at_once(desk: Desk) -> None:
    await desk.index.update(replace(conversation("other"), state=State.WAITING))
    await desk.talk("人", {"intent": "handoff"})
    assert await desk.index.queue_position("c1") == 2
    await desk.talk("父が倒れました")
    assert await desk.index.queue_position("c1") == 1


@pytest.mark.parametrize(("status", "priority"), [("open", None), ("answered", Priority.RETURNING)])
async def test_who_comes_back_after_an_answered_ticket_goes_before_others(
    desk: Desk, status: str, priority: str | None
) -> None:
    said = await desk.citizen_says("伝言")
    ticket = Ticket("1234-5678", "message", "伝言", "c1", "web", said, NOON.isoformat(), status)
    await desk.store.commit(await desk.state(), Change(tickets=(ticket,), handles=said))
    desk.index.waiting["someone-else"] = NOON.replace(hour=9).isoformat()
    [reply] = await desk.talk("人", {"intent": "handoff"})
    assert (await desk.state()).priority == priority
    assert ("1番目" if priority else "2番目") in reply.text


async def test_the_next_handoff_has_a_priority_of_its_own(desk: Desk) -> None:
    await desk.become(priority=Priority.EMERGENCY)
    await desk.talk("人", {"intent": "handoff"})
    assert (await desk.state()).priority is None


async def test_who_writes_personal_data_is_told_not_to(desk: Desk) -> None:
    now = desk.clock.now().isoformat()
    await desk.store.accept("c1", Incoming("x", "電話は［電話番号］です", now, masked=True))
    await desk.flow.settle("c1")
    [_, notice, answer] = await desk.transcript()
    assert (notice.role, notice.final) == (Role.SYSTEM, False)
    assert "個人情報" in notice.text
    assert answer.final


async def test_a_stale_commit_is_refused(desk: Desk) -> None:
    stale = await desk.state()
    await desk.become(topic="sdgs")
    with pytest.raises(Conflict):
        await desk.store.commit(stale, Change(fields={"topic": "finance"}))
