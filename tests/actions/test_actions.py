"""The actions through rasa-sdk's own executor, as the engine calls them."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk.executor import ActionExecutor
from ruamel.yaml import YAML

from actions.__main__ import address
from actions.reply import Outcome
from bot.errors import SettingsError
from tests.actions.city import choice, message

RULES = Path(__file__).parents[2] / "data" / "rules"
EXECUTOR = ActionExecutor()
EXECUTOR.register_package("actions")
NAMES = sorted(EXECUTOR.actions)
REPLY_KEYS = {"easy", "outcome", "initiative", "facet", "sources", "choices", "effect"} | {
    "confidence"
}


async def call(action: str, heard: dict[str, Any] | None, slots: dict[str, Any]) -> Any:
    result = await EXECUTOR.run(
        {
            "next_action": action,
            "domain": {},
            "domain_digest": "x",
            "tracker": {"sender_id": "c", "slots": slots, "events": [], "latest_message": heard},
        }
    )
    return result.model_dump()


def test_every_action_of_the_rules_is_there() -> None:
    named = set()
    for file in RULES.glob("*.yml"):
        for rule in YAML(typ="safe").load(file.read_text(encoding="utf-8")).get("rules") or ():
            named |= {step["action"] for step in rule["steps"] if "action" in step}
    assert {name for name in named if name.startswith("action_")} <= set(NAMES)


async def test_a_question_is_answered_and_the_slots_are_set() -> None:
    heard = message("いつから", named="giga_school=GIGA", facets={"schedule": 0.9})
    result = await call("action_answer", heard, {})
    (response,) = result["responses"]
    assert "令和3年4月（2021年4月）" in response["text"]
    custom = response["custom"]
    assert (custom["outcome"], custom["initiative"]) == ("answer", "giga_school")
    slots = {event["name"]: event["value"] for event in result["events"]}
    assert (slots["initiative"], slots["facet"]) == ("giga_school", "schedule")
    assert slots["offer"] == [c["payload"] for c in custom["choices"]]


ODD: list[dict[str, Any] | None] = [
    None,
    {},
    {"text": "<script>alert(1)</script>", "intent": {"name": "ask"}, "topics": None},
    message("/restart{}", topics={None: 1.0}),
    message("{name} %s", "x" * 100, 0.0),
    message(
        "2番目", near="giga_school=2", topics={"sdgs": 0.3}, facets={"budget": 0.4, "contact": 0.4}
    ),
    message("GIGAじゃなくて", named="giga_school=GIGA sdgs=SDGs finance=財政 city_vision=最幸"),
]
SLOTS: list[dict[str, Any]] = [
    {},
    {"initiative": None, "facet": None, "offer": None},
    {"initiative": "sdgs", "facet": "schedule", "offer": [choice("handoff"), choice(name="sdgs")]},
    {"initiative": "gone", "facet": "gone", "offer": [choice(name="gone"), choice("unheard_of")]},
]


@pytest.mark.parametrize("slots", SLOTS)
@pytest.mark.parametrize("heard", ODD)
@pytest.mark.parametrize("action", NAMES)
async def test_every_action_replies_to_anything_in_the_agreed_form(
    action: str, heard: dict[str, Any] | None, slots: dict[str, Any]
) -> None:
    result = await call(action, heard, slots)
    assert result["responses"]
    for response in result["responses"]:
        custom = response["custom"]
        assert custom["outcome"] in set(Outcome)
        assert custom.keys() <= REPLY_KEYS
        assert 0 <= custom["confidence"] <= 1
        assert response["text"] or custom["effect"]
        assert "<script>" not in response["text"]
        assert all(0 < len(one["label"]) <= 20 for one in custom.get("choices", ()))
    assert {event["name"] for event in result["events"]} == {
        "initiative",
        "facet",
        "offer",
        "together",
    }
    assert json.dumps(result)


@pytest.mark.parametrize("action", NAMES)
async def test_the_same_message_again_gets_the_same_reply(action: str) -> None:
    heard = message("それはいつ", topics={None: 0.9}, facets={"schedule": 0.9})
    assert await call(action, heard, SLOTS[2]) == await call(action, heard, SLOTS[2])


def test_the_executor_can_be_sent_to_another_process() -> None:
    assert pickle.loads(pickle.dumps(EXECUTOR.actions)).keys() == set(NAMES)  # noqa: S301


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:5055/webhook", ("127.0.0.1", 5055)),
        ("http://localhost:81/webhook", ("localhost", 81)),
        ("http://[::1]:5055", ("::1", 5055)),
    ],
)
def test_serves_on_loopback(url: str, expected: tuple[str, int]) -> None:
    assert address(url) == expected


@pytest.mark.parametrize("url", ["http://0.0.0.0:5055", "http://10.0.0.3:5055", "http://city.jp"])
def test_serves_nowhere_else(url: str) -> None:
    with pytest.raises(SettingsError, match="ACTIONS_URL"):
        address(url)
