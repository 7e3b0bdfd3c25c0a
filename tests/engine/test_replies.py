from rasa.shared.core.events import ActionExecuted, BotUttered, Event, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from engine.replies import Replies, replies_to


def _tracker(*events: Event) -> DialogueStateTracker:
    return DialogueStateTracker.from_events("c", list(events))


def _said(text: str | None, **custom: str) -> BotUttered:
    return BotUttered(text, {"custom": custom})


TURNS = _tracker(
    ActionExecuted("action_listen"),
    UserUttered("一", message_id="1-0"),
    ActionExecuted("action_answer"),
    _said("いち", outcome="answer"),
    _said("に", outcome="answer", facet="target"),
    ActionExecuted("action_listen"),
    UserUttered("二", message_id="2-0"),
    _said(None, outcome="opinion"),
)


def test_a_known_message_has_the_replies_up_to_the_next_one() -> None:
    assert replies_to("1-0", TURNS) == [
        {"text": "いち", "outcome": "answer"},
        {"text": "に", "outcome": "answer", "facet": "target"},
    ]


def test_a_reply_without_text_has_an_empty_one() -> None:
    assert replies_to("2-0", TURNS) == [{"text": "", "outcome": "opinion"}]


def test_an_unknown_message_has_none() -> None:
    assert replies_to("3-0", TURNS) is None
    assert replies_to("1-0", None) is None


async def test_replies_are_collected_as_they_will_be_repeated() -> None:
    collected = Replies()
    for event in TURNS.events:
        if isinstance(event, BotUttered):
            await collected.send_response("c", event.message())
    assert collected.said == [*replies_to("1-0", TURNS), *replies_to("2-0", TURNS)]
