"""What our action call sends and takes, beside what Rasa's does."""

from __future__ import annotations

from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig

from engine.lean.action_call import LeanAction
from tests.engine.serving import ROOT

DOMAIN = Domain.load(ROOT / "domain.yml")
ACTION = LeanAction("action_answer", EndpointConfig("http://127.0.0.1:1"))
STOCK = RemoteAction("action_answer", EndpointConfig("http://127.0.0.1:1"))
UNDERSTOOD = {
    "text": "いつから",
    "intent": {"name": "ask", "confidence": 0.9},
    "intent_ranking": [{"name": "ask", "confidence": 0.9}],
    "entities": [],
    "mentions": [],
    "topics": [{"initiative": None, "confidence": 0.5}],
    "facets": [{"facet": "schedule", "confidence": 0.9}],
    "facets_apart": [],
    "unknown": [],
    "specific": [],
}


def _tracker() -> DialogueStateTracker:
    said = {"custom": {"outcome": "answer", "initiative": "sdgs", "sources": [{"paragraph": 2}]}}
    events = [
        UserUttered("SDGsとは", {"name": "ask"}, [], UNDERSTOOD, message_id="1-0"),
        ActionExecuted("action_answer"),
        BotUttered("取組です。", said),
        SlotSet("initiative", "sdgs"),
        ActionExecuted("action_listen"),
        UserUttered("いつから", {"name": "ask"}, [], UNDERSTOOD, message_id="2-0"),
    ]
    return DialogueStateTracker.from_events("c", events, DOMAIN.slots)


def test_each_thing_sent_is_what_rasa_sends() -> None:
    ours = ACTION._action_call_format(_tracker(), DOMAIN)
    rasas = STOCK._action_call_format(_tracker(), DOMAIN)
    for name in ("next_action", "sender_id", "version"):
        assert ours[name] == rasas[name]
    for name in ("sender_id", "slots"):
        assert ours["tracker"][name] == rasas["tracker"][name]
    assert ours["tracker"]["latest_message"] == {
        key: rasas["tracker"]["latest_message"][key] for key in UNDERSTOOD
    }
    told = [e for e in rasas["tracker"]["events"] if e["event"] in {"user", "bot", "slot"}]
    assert len(ours["tracker"]["events"]) == len(told)
    for mine, other in zip(ours["tracker"]["events"], told, strict=True):
        if mine["event"] == "bot":
            custom = {"initiative": other["data"]["custom"]["initiative"]}
            assert mine == {"event": "bot", "data": {"custom": custom}}
        else:
            assert mine.items() <= other.items()


@pytest.mark.parametrize(
    "answer",
    [
        {"events": [], "responses": []},
        {},
        {"events": [{"event": "slot", "name": "initiative", "value": None, "timestamp": None}]},
        {"responses": [{"text": "はい", "custom": {"outcome": "menu"}}]},
    ],
)
def test_answers_that_rasa_takes_are_taken(answer: dict[str, Any]) -> None:
    assert STOCK._validate_action_result(answer)
    assert ACTION._validate_action_result(answer)


@pytest.mark.parametrize(
    "answer",
    [
        {"events": {}},
        {"responses": "はい"},
        {"responses": ["はい"]},
        {"events": ["slot"]},
        {"events": [{"name": "initiative"}]},
    ],
)
def test_answers_of_another_form_are_refused_as_by_rasa(answer: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        STOCK._validate_action_result(answer)
    with pytest.raises(RasaException):
        ACTION._validate_action_result(answer)
