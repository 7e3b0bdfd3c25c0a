"""Suggested answers: facts of the knowledge for what the citizen seems to ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.conversation.ports import Guess, Understood
from bot.desk.suggestions import MOST, Suggestion, Suggestions
from bot.knowledge.loader import load_knowledge
from bot.wording import load_wording
from tests.fakes import FakeEngine, conversation

KNOWLEDGE = load_knowledge()
ASKED = "いつから"


@pytest.fixture
def engine() -> FakeEngine:
    return FakeEngine()


async def found(
    engine: FakeEngine, topic: str | None = None, text: str = ASKED
) -> list[Suggestion]:
    suggestions = Suggestions(engine, KNOWLEDGE, load_wording())
    return await suggestions.for_last_words(replace(conversation(), topic=topic, last_text=text))


async def test_what_was_asked_comes_first_then_what_else_is_stated(engine: FakeEngine) -> None:
    engine.meant[ASKED] = Understood((Guess("giga_school", 0.8),), (Guess("schedule", 0.9),))
    first, *others = await found(engine)
    assert (first.initiative, first.facet) == ("giga_school", "schedule")
    [fact] = [fact.fact for fact in KNOWLEDGE.facts("giga_school", first.facet)][:1]
    assert fact in first.text
    assert f"第{first.sources[0].paragraph}" in first.text
    assert len({(one.initiative, one.facet) for one in (first, *others)}) == len(others) + 1
    assert 1 <= len(others) < MOST
    assert {one.initiative for one in others} == {"giga_school"}


async def test_what_the_words_leave_open_is_taken_from_the_topic(engine: FakeEngine) -> None:
    engine.meant[ASKED] = Understood((Guess("sdgs", 0.1),), (Guess("schedule", 0.9),))
    first, *_ = await found(engine, topic="giga_school")
    assert (first.initiative, first.facet) == ("giga_school", "schedule")


@pytest.mark.parametrize("topic", [None, "no_longer_known"])
async def test_nothing_is_suggested_where_nothing_is_understood(
    engine: FakeEngine, topic: str | None
) -> None:
    assert await found(engine, topic) == []


async def test_while_the_engine_is_down_the_topic_is_enough(engine: FakeEngine) -> None:
    engine.down = True
    suggested = await found(engine, topic="giga_school")
    assert {one.initiative for one in suggested} == {"giga_school"}


async def test_a_facet_that_is_not_stated_is_not_suggested(engine: FakeEngine) -> None:
    engine.meant[ASKED] = Understood((Guess("giga_school", 0.8),), (Guess("budget", 0.9),))
    assert all(KNOWLEDGE.facts(one.initiative, one.facet) for one in await found(engine))
