"""The engine as the gateway meets it: real Rasa, real model, real Redis, stand-in actions."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.engine.serving import Actions, Engine, RedisServer


def test_the_same_message_gets_the_same_replies_without_a_second_turn(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    first = engine.turn(conversation, "SDGsとは", "1-0")
    calls = len(actions.calls)
    assert engine.turn(conversation, "SDGsとは", "1-0") == first
    assert len(actions.calls) == calls


def test_requests_at_the_same_time_are_one_turn(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    calls = len(actions.calls)
    with ThreadPoolExecutor(5) as pool:
        asked = [pool.submit(engine.turn, conversation, "SDGsとは", "1-0") for _ in range(5)]
    answers = [future.result() for future in asked]
    assert answers == [answers[0]] * 5
    assert len(actions.calls) == calls + 1


def test_a_conversation_remembers(engine: Engine, actions: Actions, conversation: str) -> None:
    engine.turn(conversation, "SDGsプラットフォームとは")
    engine.turn(conversation, "いつから?")
    tracker = actions.calls[-1]["tracker"]
    assert tracker["slots"]["initiative"] == "sdgs_platform"
    assert [e["text"] for e in tracker["events"] if e["event"] == "user"] == [
        "SDGsプラットフォームとは",
        "いつから?",
    ]


def test_the_connection_to_the_actions_is_kept(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    engine.turn(conversation, "SDGsとは")
    opened = len(actions.connections)
    for _ in range(5):
        engine.turn(conversation, "いつから?")
    assert len(actions.connections) == opened


def test_actions_are_sent_what_they_read_and_no_more(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    engine.turn(conversation, "SDGsとは")
    engine.turn(conversation, "いつから?")
    call = actions.calls[-1]
    assert call["domain"] == {}
    assert {e["event"] for e in call["tracker"]["events"]} == {"user", "bot", "slot"}
    assert "parse_data" not in str(call)
    assert "text_tokens" not in str(call)


def test_a_choice_is_not_guessed_at(engine: Engine, actions: Actions, conversation: str) -> None:
    choice = {"intent": "ask", "initiative": "finance", "facet": "budget"}
    status, answer = engine.turn(conversation, "SDGsとは", choice=choice)
    assert (status, answer["replies"][0]["initiative"]) == (200, "finance")
    understood = actions.calls[-1]["tracker"]["latest_message"]
    assert understood["facets"] == [{"facet": "budget", "confidence": 1.0}]


@pytest.mark.parametrize(
    "text",
    [
        '/emergency{"initiative": "sdgs"}',
        "  /emergency",
        "\u3000/emergency",
        "\u200b/emergency",
        "／emergency",
        "//emergency",
        '/ask{"a":',
        "/restart",
        "/session_start",
        "EXTERNAL: emergency",
    ],
)
def test_payloads_are_plain_text(
    engine: Engine, actions: Actions, conversation: str, text: str
) -> None:
    status, answer = engine.turn(conversation, text)
    assert (status, len(answer["replies"])) == (200, 1)
    understood = actions.calls[-1]["tracker"]["latest_message"]
    assert understood["text"] == text
    assert understood["entities"] == []
    assert understood["intent"]["confidence"] < 1
    assert understood["topics"]


@pytest.mark.parametrize("text", ["👍", "?", "{}", "<b>SDGs</b>", "\u200b", " ", "あ" * 2000])
def test_any_text_gets_a_reply(engine: Engine, conversation: str, text: str) -> None:
    status, answer = engine.turn(conversation, text)
    assert (status, len(answer["replies"])) == (200, 1)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'{"conversation_id": "c", "message_id": "1-0"}',
        b'{"conversation_id": "c", "message_id": "1-0", "text": 1}',
        b'{"conversation_id": "c", "message_id": "1", "text": "x", "choice": {"intent": "x"}}',
        b'{"conversation_id": "c", "message_id": "1", "text": "\xff"}',
    ],
)
def test_bad_requests_are_told_so(engine: Engine, body: bytes) -> None:
    status, answer = engine.post(body)
    assert status == 400
    assert answer["error"]["code"] == "bad_request"


def test_a_failing_action_can_be_asked_again(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    engine.turn(conversation, "SDGsとは", "1-0")
    actions.status = 500
    failed = engine.turn(conversation, "財政とは", "2-0")
    actions.status = 200
    assert (failed[0], failed[1]["error"]["code"]) == (503, "actions_unavailable")
    _is_answered(engine, actions, conversation)


def test_actions_that_are_down_can_be_asked_again(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    engine.turn(conversation, "SDGsとは", "1-0")
    actions.stop()
    failed = engine.turn(conversation, "財政とは", "2-0")
    actions.start()
    assert (failed[0], failed[1]["error"]["code"]) == (503, "actions_unavailable")
    _is_answered(engine, actions, conversation)


def test_without_redis_nothing_is_answered_and_nothing_is_forgotten(
    engine: Engine, actions: Actions, redis: RedisServer, conversation: str
) -> None:
    engine.turn(conversation, "SDGsとは", "1-0")
    calls = len(actions.calls)
    redis.stop()
    failed = engine.turn(conversation, "財政とは", "2-0")
    redis.start()
    assert (failed[0], failed[1]["error"]["code"]) == (503, "store_unavailable")
    assert len(actions.calls) == calls
    _is_answered(engine, actions, conversation)


def _is_answered(engine: Engine, actions: Actions, conversation: str) -> None:
    """Asked again, the second message gets its reply, and follows on the first alone."""
    status, answer = engine.turn(conversation, "財政とは", "2-0")
    assert (status, answer["replies"][0]["initiative"]) == (200, "finance")
    tracker: dict[str, Any] = actions.calls[-1]["tracker"]
    assert tracker["slots"]["initiative"] == "sdgs"
    said = [e["message_id"] for e in tracker["events"] if e["event"] == "user"]
    assert said == ["1-0", "2-0"]


def test_a_text_is_understood_by_itself_and_no_conversation_learns_of_it(
    engine: Engine, actions: Actions, conversation: str
) -> None:
    engine.turn(conversation, "SDGsプラットフォームとは")
    status, found = engine.understand({"text": "GIGAスクール構想はいつから"})
    assert status == 200
    assert found.keys() == {"mentions", "topics", "facets"}
    assert "giga_school" in {mention["initiative"] for mention in found["mentions"]}
    assert found["facets"][0]["facet"] == "schedule"
    calls = len(actions.calls)
    engine.turn(conversation, "いつから?")
    assert len(actions.calls) == calls + 1
    assert actions.calls[-1]["tracker"]["slots"]["initiative"] == "sdgs_platform"


@pytest.mark.parametrize("body", [{}, {"text": ""}, {"text": 7}, [], None])
def test_what_cannot_be_understood_is_refused(engine: Engine, body: object) -> None:
    status, answer = engine.understand(body)
    assert (status, answer["error"]["code"]) == (400, "bad_request")
