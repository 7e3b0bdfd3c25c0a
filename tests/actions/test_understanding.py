from __future__ import annotations

from typing import Any

import pytest

from actions.reply import Payload
from actions.understanding import Guess, Mention, Understanding, read
from tests.actions.city import KNOWLEDGE, about, choice, message


def test_reads_what_the_engine_understood() -> None:
    heard = message(
        "町内会いつ", named="town=町内会", topics={None: 0.1, "town": 0.9}, facets={"schedule": 0.8}
    )
    u = read(heard, about("giga", "overview", choice(name="care")), (), KNOWLEDGE)
    assert u == Understanding(
        text="町内会いつ",
        intent="ask",
        confidence=0.9,
        mentions=(Mention("town", "町内会", exact=True),),
        topics=(Guess("town", 0.9), Guess(None, 0.1)),
        facets=(Guess("schedule", 0.8),),
        initiative="giga",
        facet="overview",
        offer=(Payload("ask", "care"),),
    )


@pytest.mark.parametrize(
    "odd",
    [
        None,
        {},
        {"text": None, "intent": None, "mentions": None, "topics": None, "facets": None},
        {"intent": {}, "mentions": [{}], "topics": [{}], "facets": [{}]},
        {"intent": {"name": None, "confidence": None}, "topics": [{"confidence": None}]},
    ],
)
def test_what_is_missing_counts_as_not_said(odd: dict[str, Any] | None) -> None:
    u = read(odd, {}, (), KNOWLEDGE)
    assert (u.text, u.intent, u.confidence, u.mentions) == ("", "", 0.0, ())
    assert (u.topic.value, u.asked.value, u.together) == (None, None, ())


def test_what_is_no_longer_known_counts_as_not_said() -> None:
    heard = message("?", named="gone=x", topics={"gone": 0.9, "giga": 0.1}, facets={"colour": 0.9})
    slots = about(
        "gone", "colour", choice(name="gone"), choice("handoff"), {"facet": "x"}, choice()
    )
    u = read(heard, slots, (), KNOWLEDGE)
    assert (u.mentions, u.facets, u.initiative, u.facet) == ((), (), None, None)
    assert u.topics == (Guess("giga", 0.1),)
    assert u.offer == (Payload("handoff"),)


def test_remembers_the_earlier_topics_in_order() -> None:
    values = ["carbon", "carbon", "gone", None, "giga", "carbon"]
    events = [{"event": "slot", "name": "initiative", "value": value} for value in values]
    events += [{"event": "user", "text": "x"}, {"event": "slot", "name": "facet", "value": "giga"}]
    assert read({}, {}, events, KNOWLEDGE).earlier == ("carbon", "giga", "carbon")


def test_a_name_said_twice_counts_once() -> None:
    u = read(message("x", named="giga=G giga=G town=T", near="care=C"), {}, (), KNOWLEDGE)
    assert u.named == ("giga", "town")
    assert u.nearly_named == ("care",)


@pytest.mark.parametrize(("others", "facet"), [(0, "schedule"), (4, "schedule"), (5, None)])
def test_a_topic_fades_when_other_things_are_said(others: int, facet: str | None) -> None:
    told = {"event": "bot", "data": {"custom": {"initiative": "giga"}}}
    events = [{"event": "user"}, told, *[{"event": "user"}, {"event": "bot"}] * others]
    u = read(message("で、いつ"), about("giga"), [*events, {"event": "user"}], KNOWLEDGE)
    assert (u.initiative, u.facet) == ("giga", facet)
