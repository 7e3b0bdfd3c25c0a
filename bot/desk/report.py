"""Gathers what the statistics of a period are made of."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from bot.desk.tables import Names, Table, Tables
from bot.knowledge.schema import Facet
from bot.statistics.figures import figures, summed
from bot.statistics.grouping import grouped

if TYPE_CHECKING:
    from collections import Counter

    from bot.adapters.redis.feedback import Feedback
    from bot.adapters.redis.statistics import Question
    from bot.bootstrap import Services
    from bot.statistics.period import Period

QUESTIONS = 2000
"""So many questions without an answer are looked at, the newest."""
GROUPS = 50


@dataclass(frozen=True)
class QuestionGroup:
    """Questions worded alike, with the newest as their example."""

    count: int
    example: Question


@dataclass(frozen=True)
class Report:
    """All that is known of a period."""

    period: Period
    days: dict[str, Counter[str]]
    feedback: list[Feedback]
    questions: list[QuestionGroup]

    def public(self) -> dict[str, Any]:
        """The report as the desk's API gives it: times in seconds, shares of 1."""
        helpful = sum(word.helpful for word in self.feedback)
        return {
            "from": self.period.first.isoformat(),
            "to": self.period.last.isoformat(),
            **asdict(figures(summed(self.days.values()))),
            "feedback": {"helpful": helpful, "unhelpful": len(self.feedback) - helpful},
            "days": [_day(day, counts) for day, counts in self.days.items()],
            "questions": [
                {"count": group.count, **asdict(group.example)} for group in self.questions
            ],
        }


async def report(here: Services, period: Period) -> Report:
    """Gathers it."""
    found = await here.statistics.questions(period.newest_first, QUESTIONS)
    groups = grouped([question.text for question in found])[:GROUPS]
    return Report(
        period,
        await here.statistics.numbers(period.days),
        await here.feedback.given(period.days),
        [QuestionGroup(len(group.members), found[group.members[0]]) for group in groups],
    )


def tables(here: Services, found: Report) -> list[Table]:
    """The report as tables."""
    return Tables(here.desk_words, names(here)).of(found.days, found.feedback, found.questions)


def names(here: Services) -> Names:
    """What initiatives and facets are called."""
    facets = {facet.value: here.wording.render(f"facet_{facet}") for facet in Facet}
    return Names(here.knowledge.names, facets)


def _day(day: str, counts: Counter[str]) -> dict[str, Any]:
    one = figures(counts)
    numbers = {"conversations": one.conversations, "messages": one.messages}
    return {"date": day, **numbers, "handed": one.dealt["handed"], "alone": one.dealt["alone"]}
