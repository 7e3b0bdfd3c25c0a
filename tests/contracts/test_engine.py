"""What every engine must do for the gateway; the fake, the adapter and real Rasa all pass."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest
from aiohttp import ClientConnectionError

from bot.adapters.rasa import Answer, RasaEngine
from bot.conversation.model import Outcome, Role
from bot.conversation.ports import Guess, Understood
from bot.errors import EngineFailed, EngineUnavailable
from tests.fakes import FakeEngine

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

QUESTION = "かわさきカーボンゼロチャレンジ2050はいつから"
UNDERSTOOD = {
    "mentions": [
        {"initiative": "sdgs", "text": "SDG", "kind": "near"},
        {"initiative": "carbon_zero", "text": "カーボンゼロ", "kind": "exact"},
    ],
    "topics": [
        {"initiative": None, "confidence": 0.1},
        {"initiative": "carbon_zero", "confidence": 0.8},
    ],
    "facets": [{"facet": "schedule", "confidence": 0.9}],
}
REPLY = {"text": "こんにちは。", "outcome": "smalltalk"}


class Scripted:
    """An engine that greets; notes what it is asked, and is down on some hosts."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Any]] = []
        self.down: set[str] = set()

    async def send(self, _method: str, url: str, body: object = None) -> Answer:
        host, path = urlsplit(url).hostname or "", urlsplit(url).path
        self.asked.append((host, body))
        if host in self.down:
            raise ClientConnectionError("refused")
        if path.endswith("/health"):
            return Answer(200, b"")
        told = UNDERSTOOD if path.endswith("/understand") else {"replies": [REPLY]}
        return Answer(200, json.dumps(told).encode())

    async def close(self) -> None:
        """Nothing is kept."""


class Fixed(Scripted):
    """An engine that always says the same."""

    def __init__(self, status: int, body: object) -> None:
        super().__init__()
        self._answer = Answer(status, json.dumps(body).encode())

    async def send(self, _method: str, _url: str, _body: object = None) -> Answer:
        return self._answer


@pytest.fixture(params=["fake", "adapter", pytest.param("rasa", marks=pytest.mark.slow)])
async def engine(request: pytest.FixtureRequest) -> AsyncIterator[Any]:
    if request.param == "fake":
        fake = FakeEngine()
        fake.meant[QUESTION] = Understood((Guess("carbon_zero", 1.0),), (Guess("schedule", 0.9),))
        yield fake
        return
    if request.param == "adapter":
        built = RasaEngine(["http://engine"], Scripted())
    else:
        built = RasaEngine([request.getfixturevalue("product").engine_url])
    yield built
    await built.close()


async def test_a_message_gets_replies_with_an_outcome(engine: Any) -> None:
    replies = await engine.reply("contract-1", "1-0", "こんにちは", None)
    assert len(replies) == 1
    assert replies[0].draft.role == Role.BOT
    assert replies[0].draft.outcome is Outcome.SMALLTALK
    assert replies[0].draft.text
    assert replies[0].effect is None


async def test_the_same_message_again_gets_the_same_replies(engine: Any) -> None:
    first = await engine.reply("contract-2", "1-0", "こんにちは", None)
    assert await engine.reply("contract-2", "1-0", "こんにちは", None) == first


async def test_it_understands_a_text_by_itself(engine: Any) -> None:
    found = await engine.understand(QUESTION)
    assert found.initiatives[0] == Guess("carbon_zero", 1.0)
    assert found.facets[0].value == "schedule"
    assert 0 < found.facets[0].confidence <= 1


async def test_to_understand_a_text_changes_no_conversation(engine: Any) -> None:
    first = await engine.reply("contract-3", "1-0", "こんにちは", None)
    await engine.understand("こんにちは")
    assert await engine.reply("contract-3", "1-0", "こんにちは", None) == first


async def test_it_says_whether_it_would_answer(engine: Any) -> None:
    assert await engine.ping() is True


def answering(status: int, body: object) -> RasaEngine:
    return RasaEngine(["http://engine"], Fixed(status, body))


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_busy_engine_is_asked_again_later(status: int) -> None:
    with pytest.raises(EngineUnavailable):
        await answering(status, {}).reply("c", "1-0", "はい", None)


async def test_an_engine_that_is_down_is_asked_again_later() -> None:
    refusing = Scripted()
    refusing.down = {"engine"}
    engine = RasaEngine(["http://engine"], refusing)
    with pytest.raises(EngineUnavailable):
        await engine.reply("c", "1-0", "はい", None)
    assert await engine.ping() is False


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"replies": []},
        {"replies": [{"text": "はい", "outcome": "unheard-of"}]},
        {"replies": [{"text": "", "outcome": "answer"}]},
        {"replies": ["はい"]},
        {"replies": [{"text": "はい", "outcome": "menu", "confidence": 2}]},
        {"replies": [{"text": "はい", "outcome": "menu", "choices": [{"label": "x"}]}]},
        ["はい"],
        "はい",
    ],
)
async def test_an_answer_of_another_form_is_a_failure(body: object) -> None:
    with pytest.raises(EngineFailed):
        await answering(200, body).reply("c", "1-0", "はい", None)


async def test_an_error_of_the_engine_is_a_failure() -> None:
    with pytest.raises(EngineFailed):
        await answering(500, {"error": "boom"}).reply("c", "1-0", "はい", None)


async def test_all_that_an_answer_carries_arrives() -> None:
    source = {"title": "t", "section": "s", "paragraph": 2}
    choice = {"label": "目的", "payload": {"intent": "ask", "facet": "purpose"}}
    reply = {
        "text": "始まりました。",
        "easy": "始まった。",
        "outcome": "answer",
        "initiative": "carbon_zero",
        "facet": "schedule",
        "sources": [source],
        "choices": [choice],
        "confidence": 0.83,
    }
    [found] = await answering(200, {"replies": [reply]}).reply("c", "1-0", "いつ", None)
    assert found.draft.initiative == "carbon_zero"
    assert found.draft.facet == "schedule"
    assert found.draft.easy == "始まった。"
    assert found.draft.confidence == 0.83
    assert found.draft.sources == (source,)
    assert (found.draft.offers[0].label, found.draft.offers[0].payload) == (
        "目的",
        choice["payload"],
    )


async def test_a_choice_is_handed_on_and_conversations_stay_with_their_replica() -> None:
    scripted = Scripted()
    engine = RasaEngine(["http://one", "http://two"], scripted)
    chosen = {"intent": "ask", "initiative": "sdgs"}
    for number in range(40):
        await engine.reply(f"c{number % 20}", f"{number}-0", "はい", chosen)
    assert scripted.asked[0][1]["choice"] == chosen
    hosts = [host for host, _ in scripted.asked]
    assert hosts[:20] == hosts[20:]
    assert set(hosts) == {"one", "two"}


@pytest.mark.parametrize("body", [{}, [], {"mentions": [], "topics": [{}], "facets": []}])
async def test_an_understanding_of_another_form_is_a_failure(body: object) -> None:
    with pytest.raises(EngineFailed):
        await answering(200, body).understand("はい")


class Replicas:
    """Three engines, of which some are down."""

    def __init__(self) -> None:
        self.http = Scripted()
        self.urls = [f"http://{name}" for name in ("one", "two", "three")]
        self.engine = RasaEngine(self.urls, self.http)

    @property
    def asked(self) -> list[str]:
        return [host for host, _ in self.http.asked]

    async def homes(self) -> dict[str, str]:
        """Which replica each of 90 conversations ends up with."""
        homes = {}
        for number in range(90):
            await self.engine.reply(f"c{number}", "1-0", "はい", None)
            homes[f"c{number}"] = self.asked[-1]
        return homes


async def test_conversations_spread_evenly_and_over_all_others_if_one_is_down() -> None:
    replicas = Replicas()
    before = await replicas.homes()
    assert all(20 <= list(before.values()).count(name) <= 40 for name in ("one", "two", "three"))
    replicas.http.down = {"one"}
    after = await replicas.homes()
    moved = [after[c] for c in before if before[c] == "one"]
    assert {after[c] == before[c] for c in before if before[c] != "one"} == {True}
    assert set(moved) == {"two", "three"}


async def test_a_replica_that_is_down_is_not_tried_with_every_message() -> None:
    replicas = Replicas()
    replicas.http.down = {"one"}
    await replicas.homes()
    assert replicas.asked.count("one") == 1


async def test_with_one_replica_up_the_engine_is_up_and_with_none_it_is_down() -> None:
    replicas = Replicas()
    replicas.http.down = {"one", "two"}
    assert await replicas.engine.ping() is True
    assert len(await replicas.engine.reply("c1", "1-0", "はい", None)) == 1
    replicas.http.down.add("three")
    assert await replicas.engine.ping() is False
    with pytest.raises(EngineUnavailable):
        await replicas.engine.reply("c1", "1-0", "はい", None)
