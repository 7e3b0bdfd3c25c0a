"""Whether each event was answered exactly once, and in order, as the citizens saw it: pure."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from bench.line.marks import CONTINUED, found_in


@dataclass(frozen=True)
class Asked:
    """A question that went out, or an operator's message.

    Seconds: when its first webhook began, when the first 200 for it came.
    """

    phone: str
    mark: str
    timestamp: int
    first_sent: float
    accepted: float | None
    carried: tuple[int, ...]
    """The webhooks that the question was in."""
    double: bool = False
    """Its answer has a second message."""
    unsent: bool = False
    """It was taken back, so that its answer may be missing."""

    def taken(self, at: float) -> Asked:
        """The same, now accepted."""
        return replace(self, accepted=at)


@dataclass
class Verdict:
    """What is wrong, and how much there was; lists hold marks."""

    questions: int = 0
    answered_once: int = 0
    never_accepted: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    out_of_order: list[tuple[str, str]] = field(default_factory=list)
    halved: list[str] = field(default_factory=list)
    """Phones on which second messages are missing, or too many."""
    taken_back: int = 0
    taken_back_unanswered: int = 0
    others: dict[str, int] = field(default_factory=dict)
    """How many events of each kind there were whose answers are all the same."""
    others_answered: dict[str, int] = field(default_factory=dict)
    uncounted: list[tuple[str, str, int]] = field(default_factory=list)
    """Phone, kind, and by how many its answers are more (or fewer) than its events."""

    @property
    def good(self) -> bool:
        """Whether nothing at all is wrong."""
        faults = (self.never_accepted, self.lost, self.twice, self.out_of_order)
        return not any((*faults, self.halved, self.uncounted))

    def shown(self) -> dict[str, Any]:
        """The verdict as JSON."""
        return {"good": self.good, **asdict(self)}


@dataclass(frozen=True)
class Other:
    """Events whose answers are all the same: how the answer begins, how many each phone sent."""

    kind: str
    answer: str
    sent: Counter[str]


def judge(
    asked: list[Asked], others: list[Other], phones: dict[str, list[dict[str, Any]]]
) -> Verdict:
    """Holds the phones against what was asked.

    Args:
        asked: All questions with marks.
        others: All other events that want an answer.
        phones: Each phone's messages of the account, oldest first.
    """
    verdict = Verdict(questions=len(asked), taken_back=sum(one.unsent for one in asked))
    verdict.others = {other.kind: other.sent.total() for other in others}
    verdict.others_answered = dict.fromkeys(verdict.others, 0)
    by_phone: dict[str, list[Asked]] = {phone: [] for phone in phones}
    for question in asked:
        by_phone[question.phone].append(question)
    for phone, entries in phones.items():
        texts = [json.dumps(entry["message"], ensure_ascii=False) for entry in entries]
        seen = [mark for text in texts for mark in found_in(text)]
        _count(verdict, by_phone[phone], Counter(seen))
        _check_order(verdict, by_phone[phone], seen)
        halves = sum(CONTINUED in text for text in texts)
        if halves != sum(one.double and one.mark in seen for one in by_phone[phone]):
            verdict.halved.append(phone)
        for other in others:
            told = sum(other.answer in text for text in texts)
            verdict.others_answered[other.kind] += told
            if told != other.sent[phone]:
                verdict.uncounted.append((phone, other.kind, told - other.sent[phone]))
    return verdict


def _count(verdict: Verdict, asked: list[Asked], seen: Counter[str]) -> None:
    for question in asked:
        count = seen[question.mark]
        if question.accepted is None:
            verdict.never_accepted.append(question.mark)
        if count == 1:
            verdict.answered_once += 1
        elif count:
            verdict.twice.append(question.mark)
        elif question.unsent:
            verdict.taken_back_unanswered += 1
        else:
            verdict.lost.append(question.mark)


def _check_order(verdict: Verdict, asked: list[Asked], seen: list[str]) -> None:
    """By time go those of one webhook, and one accepted before a newer one was even sent."""
    place = {mark: number for number, mark in reversed(list(enumerate(seen)))}
    found = [question for question in asked if question.mark in place]
    for older in found:
        for newer in found:
            if older.timestamp >= newer.timestamp or not _surely_first(older, newer):
                continue
            if place[older.mark] > place[newer.mark]:
                verdict.out_of_order.append((older.mark, newer.mark))


def _surely_first(older: Asked, newer: Asked) -> bool:
    before = older.accepted is not None and older.accepted < newer.first_sent
    return before or older.carried == newer.carried
