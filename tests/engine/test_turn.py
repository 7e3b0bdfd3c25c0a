from typing import Any

import pytest

from engine.turn import BadTurnError, Known, Turn, read_turn, understood

KNOWN = Known({"ask", "handoff"}, {"sdgs"}, ("target",))
BODY = {"conversation_id": "c", "message_id": "1-0", "text": "くわしく"}


def test_a_text_is_taken_as_it_is() -> None:
    assert read_turn({**BODY, "text": " /ask "}, KNOWN) == Turn("c", "1-0", " /ask ")


def test_a_choice_is_understood_with_certainty() -> None:
    choice = {"intent": "ask", "initiative": "sdgs", "facet": "target"}
    assert understood(read_turn({**BODY, "choice": choice}, KNOWN)) == {
        "text": "くわしく",
        "intent": {"name": "ask", "confidence": 1.0},
        "intent_ranking": [{"name": "ask", "confidence": 1.0}],
        "entities": [],
        "mentions": [{"initiative": "sdgs", "text": "くわしく", "kind": "exact"}],
        "topics": [{"initiative": "sdgs", "confidence": 1.0}],
        "facets": [{"facet": "target", "confidence": 1.0}],
    }


def test_a_choice_may_be_an_intent_alone() -> None:
    meant = understood(read_turn({**BODY, "choice": {"intent": "handoff", "facet": None}}, KNOWN))
    assert meant["mentions"] == meant["facets"] == []
    assert meant["topics"] == [{"initiative": None, "confidence": 1.0}]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"conversation_id": ""}, "conversation_id"),
        ({"conversation_id": 1}, "conversation_id"),
        ({"message_id": None}, "message_id"),
        ({"message_id": "x" * 201}, "message_id"),
        ({"text": ""}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "x" * 10_001}, "text"),
        ({"choice": "ask"}, "choice"),
        ({"choice": {}}, "choice.intent"),
        ({"choice": {"intent": "no"}}, "choice.intent"),
        ({"choice": {"intent": ["ask"]}}, "choice.intent"),
        ({"choice": {"intent": "ask", "initiative": "no"}}, "choice.initiative"),
        ({"choice": {"intent": "ask", "facet": {}}}, "choice.facet"),
        ({"choice": {"intent": "ask", "slot": "x"}}, "choice.slot"),
    ],
)
def test_what_is_wrong_is_named(change: dict[str, Any], named: str) -> None:
    with pytest.raises(BadTurnError, match=named):
        read_turn({**BODY, **change}, KNOWN)


@pytest.mark.parametrize("body", [None, [], "text", 1])
def test_only_an_object_is_a_turn(body: object) -> None:
    with pytest.raises(BadTurnError):
        read_turn(body, KNOWN)
