"""How sure a reply is said to be."""

from __future__ import annotations

import pytest

from actions.confidence import confidence
from actions.reply import Outcome, Reply
from actions.understanding import Guess, Mention, Understanding

TOPICS = (Guess("sdgs", 0.7), Guess("finance", 0.2))
FACETS = (Guess("schedule", 0.876),)


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (Reply(Outcome.SMALLTALK), 0.55),
        (Reply(Outcome.ANSWER, initiative="sdgs", facet="schedule"), 0.7),
        (Reply(Outcome.ANSWER, initiative="sdgs", facet="budget"), 0.7),
        (Reply(Outcome.ANSWER, initiative="giga_school", facet="schedule"), 0.88),
        (Reply(Outcome.ANSWER, initiative="finance", facet="schedule"), 0.2),
    ],
)
def test_it_is_the_least_sure_part(reply: Reply, expected: float) -> None:
    u = Understanding(
        confidence=0.55, mentions=(Mention("giga_school", "GIGA", exact=True),), topics=TOPICS
    )
    u = Understanding(**{**vars(u), "facets": FACETS})
    assert confidence(u, reply) == expected


def test_a_topic_from_the_conversation_so_far_is_as_sure_as_the_intent() -> None:
    u = Understanding(confidence=0.6, topics=TOPICS, initiative="finance")
    assert confidence(u, Reply(Outcome.ANSWER, initiative="finance", facet="budget")) == 0.6
