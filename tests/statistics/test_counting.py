"""What a conversation adds to the figures."""

from __future__ import annotations

import itertools
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import hypothesis.strategies as st
from hypothesis import given

from bot.conversation.hours import TOKYO
from bot.conversation.model import Entry, Happening, Message, Outcome, Role
from bot.statistics.counting import Carry, Counts, count

START = datetime(2021, 4, 1, 12, 0, tzinfo=TOKYO)
DAY = "2021-04-01"


class Told:
    """A conversation as the store has it, told second by second."""

    def __init__(self) -> None:
        self.at = START
        self.said: list[Message] = []
        self.happened: list[Entry] = []

    def later(self, **span: float) -> Told:
        self.at += timedelta(**span)
        return self

    def say(self, role: Role, outcome: Outcome | None = None, **fields: str) -> Told:
        last = next((m.id for m in reversed(self.said) if m.role == Role.CITIZEN), None)
        replied = last if role == Role.BOT else None
        at = self.at.isoformat(timespec="milliseconds")
        number = len(self.said)
        message = Message(self._id(number), at, role, "文", replied, outcome, final=bool(outcome))
        self.said.append(replace(message, **fields))
        return self

    def happen(self, what: Happening, **detail: str) -> Told:
        at = self.at.isoformat(timespec="milliseconds")
        number = len(self.happened)
        self.happened.append(Entry(what, detail=detail, id=self._id(number), at=at))
        return self

    def _id(self, number: int) -> str:
        return f"{round(self.at.timestamp() * 1000)}-{number}"

    def counts(self, carry: Carry | None = None) -> Counts:
        return count("web", carry or Carry(), self.said, self.happened)[1]

    def numbers(self, day: str = DAY) -> Counter[str]:
        return +self.counts().numbers[day]


def asked(outcome: Outcome = Outcome.ANSWER) -> Told:
    return Told().say(Role.CITIZEN).say(Role.BOT, outcome, initiative="sdgs", facet="budget")


def handled() -> Told:
    """From a question over the queue to a closed conversation."""
    told = asked().later(seconds=5).happen(Happening.QUEUED, reason="asked", after="answer")
    told.later(seconds=40).happen(Happening.CLAIMED)
    told.later(seconds=20).say(Role.OPERATOR)
    return told.later(minutes=5).happen(Happening.CLOSED, disposition="solved")


def test_an_answer_by_the_bot_alone() -> None:
    assert asked().numbers() == {
        "messages:web:12": 1,
        "conversations:web:12": 1,
        "dealt:alone": 1,
        "outcome:answer": 1,
        "initiative:sdgs": 1,
        "facet:budget": 1,
    }


def test_a_question_without_an_answer_is_noted_with_what_it_was_about() -> None:
    told = asked(Outcome.NOT_STATED)
    assert told.counts().questions[DAY] == {told.said[0].id: "not_stated sdgs budget"}
    assert told.numbers()["dealt:unanswered"] == 1


def test_times_with_an_operator() -> None:
    numbers = handled().numbers()
    assert numbers["wait:40"] == numbers["first:60"] == numbers["handling:320"] == 1
    assert numbers["handoff:12"] == numbers["reason:asked"] == numbers["after:answer"] == 1
    assert numbers["closed"] == numbers["disposition:solved"] == 1
    assert (numbers["dealt:handed"], numbers["dealt:alone"]) == (1, 0)


def test_who_leaves_the_queue_has_waited_for_nobody() -> None:
    told = asked().happen(Happening.QUEUED).later(minutes=3).happen(Happening.LEFT_QUEUE)
    told.later(minutes=1).happen(Happening.QUEUED).later(seconds=7).happen(Happening.CLAIMED)
    numbers = told.numbers()
    assert (numbers["left"], numbers["wait:7"], numbers["handoff:12"]) == (1, 1, 2)
    assert not [name for name in numbers if name.startswith("wait:") and name != "wait:7"]


def test_passing_on_is_handled_piece_by_piece() -> None:
    told = asked().happen(Happening.QUEUED).happen(Happening.CLAIMED)
    told.later(seconds=30).happen(Happening.TRANSFERRED)
    told.later(seconds=10).happen(Happening.REQUEUED)
    told.later(seconds=50).happen(Happening.CLAIMED)
    told.later(seconds=5).happen(Happening.RETURNED)
    numbers = told.numbers()
    assert [numbers[f"handling:{seconds}"] for seconds in (30, 10, 5)] == [1, 1, 1]
    assert (numbers["wait:0"], numbers["wait:50"], numbers["returned"]) == (1, 1, 1)


def test_a_message_left_at_night_is_a_ticket_and_an_opinion_is_none() -> None:
    assert asked().happen(Happening.TICKET, kind="message").numbers()["dealt:ticket"] == 1
    opinion = asked().happen(Happening.TICKET, kind="opinion").numbers()
    assert (opinion["ticket:opinion"], opinion["dealt:alone"]) == (1, 1)


def test_each_day_is_a_conversation_of_its_own() -> None:
    told = handled().later(days=1).say(Role.CITIZEN).say(Role.BOT, Outcome.SMALLTALK)
    assert told.numbers("2021-04-02") == {
        "messages:web:12": 1,
        "conversations:web:12": 1,
        "dealt:other": 1,
        "outcome:smalltalk": 1,
    }


def test_what_began_before_midnight_counts_there() -> None:
    told = asked().later(hours=11, minutes=59).happen(Happening.QUEUED)
    told.later(minutes=2).happen(Happening.CLAIMED)
    assert told.numbers()["wait:120"] == 1
    assert told.numbers()["dealt:handed"] == 1


def test_an_answer_to_a_ticket_is_no_first_response() -> None:
    told = asked().happen(Happening.QUEUED).later(seconds=9).say(Role.OPERATOR)
    assert not [name for name in told.numbers() if name.startswith("first:")]


KINDS = st.sampled_from(
    [
        *(("say", role) for role in (Role.CITIZEN, Role.OPERATOR, Role.SYSTEM)),
        *(("bot", outcome) for outcome in Outcome),
        *(("happen", kind) for kind in Happening),
    ]
)


@given(st.lists(st.tuples(KINDS, st.integers(1, 50_000)), max_size=25), st.data())
def test_in_pieces_it_is_the_same(steps: list[tuple[tuple[str, str], int]], data: object) -> None:
    assert isinstance(data, st.DataObject)
    told = Told()
    ends = []
    for (what, which), seconds in steps:
        told.later(seconds=seconds)
        if what == "happen":
            told.happen(Happening(which), kind="message")
        elif what == "bot":
            # A turn's replies are written in one piece, so no cut falls between them.
            told.say(Role.CITIZEN).say(Role.BOT, initiative="sdgs")
            told.say(Role.BOT, Outcome(which), initiative="sdgs")
        else:
            told.say(Role(which))
        ends.append((len(told.said), len(told.happened)))
    cuts = sorted(data.draw(st.sets(st.sampled_from(ends)))) if ends else []
    whole = told.counts()
    carry, numbers, questions = Carry(), Counter[tuple[str, str]](), {}
    edges = [(0, 0), *cuts, (len(told.said), len(told.happened))]
    for (said, happened), (say, happen) in itertools.pairwise(edges):
        carry = Carry.from_json(carry.to_json())
        carry, piece = count("web", carry, told.said[said:say], told.happened[happened:happen])
        for day, found in piece.numbers.items():
            for name, number in found.items():
                numbers[day, name] += number
        for day, notes in piece.questions.items():
            questions.update({(day, one): note for one, note in notes.items()})
    assert +numbers == +Counter(
        {(day, name): n for day, found in whole.numbers.items() for name, n in found.items()}
    )
    assert questions == {
        (day, one): note for day, notes in whole.questions.items() for one, note in notes.items()
    }
    assert all(number >= 0 for number in numbers.values())
