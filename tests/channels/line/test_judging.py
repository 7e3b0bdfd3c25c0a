"""The judge of the storm notices what it is there to notice."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

from bench.line.judging import Asked, Other, Verdict, judge
from bench.line.marks import BUBBLE, CONTINUED, TWICE, found_in, mark
from bench.line.plan import Planner

UNREADABLE = "読めるのは文字だけです。"


def question(number: int, *, sent: float, double: bool = False) -> Asked:
    """Accepted a tenth of a second after it was sent, in a webhook of its own."""
    return Asked("p", mark(number), number, sent, sent + 0.1, (number,), double)


def said(*texts: str) -> dict[str, list[dict[str, Any]]]:
    return {"p": [{"message": {"type": "text", "text": text}} for text in texts]}


def verdict(asked: list[Asked], *texts: str, unreadable: int = 0) -> Verdict:
    others = [Other("unreadable", UNREADABLE, Counter({"p": unreadable}))]
    return judge(asked, others, said(*texts))


ONE, TWO = question(1, sent=0), question(2, sent=1)


def test_all_is_well() -> None:
    found = verdict([ONE, TWO], mark(1), UNREADABLE, mark(2), unreadable=1)
    assert found.good
    assert (found.answered_once, found.others_answered) == (2, {"unreadable": 1})


def test_a_lost_answer() -> None:
    assert verdict([ONE, TWO], mark(1)).lost == [mark(2)]


def test_what_was_taken_back_may_be_answered_once() -> None:
    unsent = replace(ONE, unsent=True)
    assert verdict([unsent]).good
    assert verdict([unsent]).taken_back_unanswered == 1
    assert verdict([unsent], mark(1)).good
    assert verdict([unsent], mark(1), mark(1)).twice == [mark(1)]


def test_an_answer_given_twice() -> None:
    assert verdict([ONE], mark(1), mark(1)).twice == [mark(1)]


def test_a_mark_twice_in_one_message_counts_once() -> None:
    assert verdict([ONE], mark(1) + mark(1)).good


def test_a_half_of_an_answer() -> None:
    double = question(1, sent=0, double=True)
    assert verdict([double], mark(1), CONTINUED).good
    assert verdict([double], mark(1)).halved == ["p"]
    assert verdict([ONE], mark(1), CONTINUED).halved == ["p"]


def test_an_answer_too_many_to_what_cannot_be_read() -> None:
    assert verdict([], UNREADABLE, UNREADABLE, unreadable=1).uncounted == [("p", "unreadable", 1)]


def test_a_question_that_was_never_taken() -> None:
    assert verdict([replace(ONE, accepted=None)], mark(1)).never_accepted == [mark(1)]


def test_the_wrong_order() -> None:
    assert verdict([ONE, TWO], mark(2), mark(1)).out_of_order == [(mark(1), mark(2))]


def test_what_crossed_on_the_way_has_no_order() -> None:
    crossed = replace(TWO, first_sent=0.05)
    assert verdict([ONE, crossed], mark(2), mark(1)).good


def test_what_came_in_one_webhook_has_one() -> None:
    together = [replace(ONE, carried=(5,)), replace(TWO, first_sent=0, carried=(5,))]
    assert verdict(together, mark(2), mark(1)).out_of_order == [(mark(1), mark(2))]


def test_marks_are_found_again() -> None:
    assert found_in(f"{mark(10)}{TWICE}{mark(2)}{BUBBLE}{mark(10)}") == [mark(10), mark(2)]


def test_a_plan_has_all_kinds_of_mischief_and_is_the_same_each_time() -> None:
    groups = Planner(20).groups(1000)
    assert groups == Planner(20).groups(1000)
    assert sum(group.webhooks for group in groups) >= 1000
    sends = [(group, send) for group in groups for send in group.sends]
    assert any(send.get("again") for _, send in sends)
    assert any(len(send["events"]) > 1 for _, send in sends)
    assert any(send["events"] != sorted(send["events"]) for _, send in sends)
    counts = [Counter(str(send["events"]) for send in group.sends) for group in groups]
    assert any(max(count.values()) > 1 for count in counts)
