"""Deliveries over fakes: whatever fails or dies, the citizen sees each thing once."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product
from typing import Any

import pytest

from bot.channels.line.client import Done, Gone, Refused, Unknown, Wait
from bot.channels.line.delivery import Deliveries
from bot.conversation.model import Change, Draft, Incoming, Outcome, ReplyToken, Role
from bot.metrics import Metrics
from bot.privacy import Vault
from bot.wording import load_wording
from tests.channels.line.webhooks import USER
from tests.fakes import FakeLine, FakeOutbox, FakeStore, conversation

T0 = 1_700_000_000_000
NOW = "2021-04-01T12:00:00.000+09:00"
VAULT = Vault("a key of at least thirty-two characters")
WORDING = load_wording()


class Died(Exception):  # noqa: N818 - a process, not a fault
    pass


class Mortal:
    """Lets the process die before or after one of the calls to what it stands before."""

    def __init__(self, real: Any, life: Life) -> None:
        self._real = real
        self._life = life

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._real, name)

        async def call(*args: Any, **kwargs: Any) -> Any:
            self._life.step()
            answer = await method(*args, **kwargs)
            self._life.step()
            return answer

        return call


@dataclass
class Life:
    """Counts steps; the process dies at those in `deaths`."""

    deaths: set[int] = field(default_factory=set)
    steps: int = 0

    def step(self) -> None:
        self.steps += 1
        if self.steps in self.deaths:
            raise Died


@dataclass
class World:
    store: FakeStore
    line: FakeLine
    life: Life
    now: int = T0

    @classmethod
    async def new(cls, *, token: bool = True, life: Life | None = None) -> World:
        world = cls(FakeStore(), FakeLine(), life or Life())
        await world.store.create(replace(conversation(), address=VAULT.seal(USER)))
        given = ReplyToken("token", T0) if token else None
        asked = await world.store.accept("c1", Incoming("x", "問い", NOW, reply_token=given))
        draft = Draft(Role.BOT, "答え", asked)
        await world.store.commit(await world.store.load("c1"), Change((draft,)))
        return world

    def deliveries(self) -> Deliveries:
        return Deliveries(
            store=self.store,
            outbox=Mortal(FakeOutbox(self.store), self.life),
            line=Mortal(self.line, self.life),
            vault=VAULT,
            wording=WORDING,
            metrics=Metrics(),
            public_url="https://chat.example.jp",
            now=lambda: self.now,
        )

    async def run(self, seconds: float = 12.0) -> None:
        """Settles until nothing is left; after a death a new process comes `seconds` later."""
        for _ in range(200):
            try:
                wait = await self.deliveries().settle("c1")
            except Died:
                wait = seconds
            if wait is None:
                return
            self.now += round(wait * 1000)
        raise AssertionError("it never ends")

    async def states(self) -> list[str]:
        return list((await FakeOutbox(self.store).states("c1")).values())


LOST = (Unknown(), True)
"""LINE acted, and its answer was lost."""
FAILED = (Unknown(), False)
BUSY = (Wait(), False)


@pytest.mark.parametrize("token", [True, False])
@pytest.mark.parametrize("faults", list(product([LOST, FAILED, BUSY], repeat=3)))
async def test_whatever_line_does_it_is_said_once(token: bool, faults: Any) -> None:  # noqa: FBT001
    world = await World.new(token=token)
    world.line.prepared = list(faults)
    await world.run()
    assert world.line.texts == ["答え"]
    assert await world.states() == ["sent"]


@pytest.mark.parametrize("token", [True, False])
@pytest.mark.parametrize("fault", [None, LOST, FAILED])
async def test_two_deaths_anywhere_and_it_is_said_once(token: bool, fault: Any) -> None:  # noqa: FBT001
    alive = await World.new(token=token)
    alive.line.prepared = [fault] if fault else []
    await alive.run()
    steps = alive.life.steps
    for first, second in product(range(1, steps + 1), range(1, steps + 3)):
        world = await World.new(token=token, life=Life({first, first + second}))
        world.line.prepared = [fault] if fault else []
        await world.run()
        assert world.line.texts == ["答え"], (first, second)
        assert await world.states() == ["sent"], (first, second)


async def test_an_outage_longer_than_the_token_lives_ends_in_a_push_that_says_so() -> None:
    world = await World.new()
    world.line.prepared = [FAILED] * 30
    await world.run()
    assert world.line.texts == [WORDING.render("on_line_again"), "答え"]
    assert world.line.pushes > 1


async def test_a_spent_token_leads_to_a_push() -> None:
    world = await World.new()
    world.line.expired.add("token")
    await world.run()
    assert world.line.texts == ["答え"]
    assert world.line.pushes == 1


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Refused("quota"), "quota"), (Refused("sealed"), "failed"), (Gone(), "failed")],
)
async def test_what_line_refuses_for_good_is_shown_to_the_desk(outcome: Any, state: str) -> None:
    world = await World.new(token=False)
    world.line.prepared = [outcome]
    await world.run()
    assert await world.states() == [state]
    assert world.line.shown == []


async def test_an_answer_that_line_will_not_show_arrives_as_text() -> None:
    world = await World.new()
    draft = Draft(
        Role.BOT, "事実です。", outcome=Outcome.ANSWER, initiative="sdgs", facet="overview"
    )
    await world.run()
    await world.store.commit(await world.store.load("c1"), Change((draft,)))
    world.line.prepared = [Refused("invalid")]
    await world.run()
    assert world.line.shown[-1]["type"] == "text"
    assert world.line.texts[-1] == "事実です。"


async def test_line_that_stays_down_for_a_day_is_given_up() -> None:
    world = await World.new(token=False)
    world.line.prepared = [FAILED] * 1000
    for _ in range(5):
        try:
            await world.run()
        except AssertionError:
            continue
    assert await world.states() == ["unclear"]
    assert world.now - T0 > 22 * 60 * 60 * 1000


async def test_what_follows_waits_for_its_turn() -> None:
    world = await World.new(token=False)
    await world.store.commit(await world.store.load("c1"), Change((Draft(Role.OPERATOR, "次"),)))
    world.line.prepared = [FAILED, (Done(), True)]
    assert await world.deliveries().settle("c1") == 0.5
    assert world.line.shown == []
    await world.run()
    assert world.line.texts == ["答え", "次"]


async def test_the_desk_reads_that_a_message_is_tried_again() -> None:
    world = await World.new(token=False)
    world.line.prepared = [FAILED, FAILED]
    for expected in ("waiting", "retrying", "sent"):
        wait = await world.deliveries().settle("c1")
        assert await world.states() == [expected]
        world.now += round((wait or 0) * 1000)


async def test_what_has_no_words_is_not_sent() -> None:
    world = await World.new()
    await world.run()
    await world.store.commit(await world.store.load("c1"), Change((Draft(Role.BOT, " "),)))
    await world.run()
    assert world.line.texts == ["答え"]
    assert await world.states() == ["sent", "sent"]


async def test_nothing_is_sent_to_who_blocked_us_meanwhile() -> None:
    world = await World.new()
    blocked = Change(fields={"blocked_since": NOW})
    await world.store.commit(await world.store.load("c1"), blocked)
    await world.run()
    assert world.line.shown == []
    assert await world.states() == ["blocked"]


async def test_another_key_than_the_one_that_sealed_the_address_is_an_end() -> None:
    world = await World.new(token=False)
    state = await world.store.load("c1")
    other = Vault("another key of thirty-two characters").seal(USER)
    await world.store.commit(state, Change(fields={"address": other}))
    await world.run()
    assert await world.states() == ["failed"]


async def test_a_form_is_linked_with_its_whole_address() -> None:
    world = await World.new()
    await world.run()
    change = Change((Draft(Role.BOT, "どうぞ", form="/form/abc"),))
    await world.store.commit(await world.store.load("c1"), change)
    await world.run()
    assert "https://chat.example.jp/form/abc" in world.line.texts[-1]
