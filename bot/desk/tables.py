"""The statistics as tables, which pages, charts and CSV files are all made from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.statistics.figures import HOURS, Figures, Spread, figures, summed

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Mapping, Sequence

    from bot.adapters.redis.feedback import Feedback
    from bot.desk.report import QuestionGroup
    from bot.desk.words import DeskWords

TOP = 20
_MINUTE = 60
_NOTHING = "—"


@dataclass(frozen=True)
class Share:
    """A share of 1; of nothing there is none."""

    value: float | None

    def __str__(self) -> str:
        """As people read it: 43.2%."""
        return _NOTHING if self.value is None else f"{self.value * 100:.1f}%"


@dataclass(frozen=True)
class Seconds:
    """How long something took; None if it never happened."""

    value: int | None

    def __str__(self) -> str:
        """As people read it: 45秒, 3分20秒, 1時間5分."""
        if self.value is None:
            return _NOTHING
        minutes, seconds = divmod(self.value, _MINUTE)
        if not minutes:
            return f"{seconds}秒"
        if minutes < _MINUTE:
            return f"{minutes}分{seconds}秒"
        return f"{minutes // _MINUTE}時間{minutes % _MINUTE}分"


Cell = str | int | Share | Seconds


@dataclass(frozen=True)
class Table:
    """A table; with `bars`, its first column and so many of the next make a chart of stacked bars.

    As text, each cell is ready to be read.
    """

    key: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unit: str
    """What seconds are called."""
    bars: int = 0
    upright: bool = False
    """The chart's bars stand: its rows are points in time."""

    @property
    def plain(self) -> list[list[str | int | float]]:
        """Heads and rows for programs: shares of 1, and times in seconds, which the head says."""
        timed = {place for row in self.rows for place, one in enumerate(row) if _is_time(one)}
        heads = [
            f"{head}（{self.unit}）" if place in timed else head
            for place, head in enumerate(self.columns)
        ]
        return [
            list[str | int | float](heads),
            *([_plain(cell) for cell in row] for row in self.rows),
        ]


@dataclass(frozen=True)
class Names:
    """What initiatives and facets are called."""

    initiatives: Mapping[str, str]
    facets: Mapping[str, str]


class Tables:
    """Makes tables; all words come from `data/desk.yml` and the knowledge."""

    def __init__(self, words: DeskWords, names: Names) -> None:
        """Takes the words."""
        self._words = words
        self._names = names

    def of(
        self,
        days: Mapping[str, Counter[str]],
        feedback: Sequence[Feedback],
        questions: Sequence[QuestionGroup],
    ) -> list[Table]:
        """All tables of a period, given the counts of each of its days."""
        total = figures(summed(days.values()))
        words = self._words
        tables = [self._summary(total), self._dealt(total), self._times(total), self._hours(total)]
        if len(days) > 1:
            tables.append(self._days(days))
        return [
            *tables,
            self._ranking("reasons", total.reasons, words.handoff_reasons),
            self._ranking("after", total.after, words.outcomes),
            self._ranking("initiatives", total.initiatives, self._names.initiatives),
            self._ranking("facets", total.facets, self._names.facets),
            self._ranking("outcomes", total.outcomes, words.outcomes),
            self._ranking("dispositions", total.dispositions, words.dispositions),
            self._questions(questions),
            self._feedback(feedback),
        ]

    def _summary(self, total: Figures) -> Table:
        numbers: tuple[tuple[str, Cell], ...] = (
            ("conversations", total.conversations),
            ("messages", total.messages),
            ("share_alone", Share(total.share_alone)),
            ("handoff_rate", Share(total.handoff_rate)),
            ("handoffs", total.handoffs),
            ("left", total.left),
            ("returned", total.returned),
            ("closed", total.closed),
            ("ticket_message", total.tickets.get("message", 0)),
            ("ticket_opinion", total.tickets.get("opinion", 0)),
        )
        rows = tuple((self._words.columns[name], number) for name, number in numbers)
        return self._table("summary", ("what", "value"), rows)

    def _dealt(self, total: Figures) -> Table:
        rows = tuple(
            (word, number, Share(_share(number, total.conversations)))
            for dealt, word in self._words.dealt.items()
            for number in (total.dealt[dealt],)
        )
        return self._table("dealt", ("what", "conversations", "share"), rows, bars=1)

    def _times(self, total: Figures) -> Table:
        spreads = {
            "waiting": total.waiting,
            "first_response": total.first_response,
            "handling": total.handling,
        }
        rows = tuple(
            (self._words.columns[name], spread.count, *_spread(spread))
            for name, spread in spreads.items()
        )
        return self._table("times", ("what", "number", "median", "p95"), rows)

    def _hours(self, total: Figures) -> Table:
        channels = list(self._words.channels)
        channels += [one for one in total.by_hour if one not in self._words.channels]
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (
                f"{int(hour)}時",
                *(total.by_hour.get(channel, {}).get(hour, 0) for channel in channels),
                total.handoffs_by_hour[hour],
            )
            for hour in HOURS
        )
        words = self._words
        heads = (
            words.columns["hour"],
            *(words.channels.get(channel, channel) for channel in channels),
            words.columns["handoffs"],
        )
        title, unit = words.tables["hours"], words.columns["seconds"]
        return Table("hours", title, heads, rows, unit, len(channels), upright=True)

    def _days(self, days: Mapping[str, Counter[str]]) -> Table:
        rows = []
        for day, counts in days.items():
            one = figures(counts)
            rows.append(
                (
                    day,
                    one.conversations,
                    one.messages,
                    one.dealt["alone"],
                    one.dealt["handed"],
                    Share(one.share_alone),
                    *_spread(one.waiting),
                )
            )
        columns = ("day", "conversations", "messages", "alone", "handoffs", "share_alone")
        table = self._table("days", (*columns, "median", "p95"), tuple(rows), bars=1)
        waiting = self._words.columns["waiting"]
        heads = (*table.columns[:-2], *(f"{waiting}（{one}）" for one in table.columns[-2:]))
        return replace(table, columns=heads, upright=True)

    def _ranking(self, key: str, numbers: Mapping[str, int], names: Mapping[Any, str]) -> Table:
        """What came how often; a name that is no longer known stands as it is."""
        total = sum(numbers.values())
        unknown = self._words.columns["unknown"]
        rows = tuple(
            (
                unknown if name == "-" else names.get(name, name),
                number,
                Share(_share(number, total)),
            )
            for name, number in list(numbers.items())[:TOP]
        )
        return self._table(key, ("what", "number", "share"), rows, bars=1)

    def _questions(self, groups: Sequence[QuestionGroup]) -> Table:
        none = self._words.columns["none"]
        rows = tuple(
            (
                group.count,
                group.example.text,
                self._words.outcomes.get(group.example.outcome, group.example.outcome),  # type: ignore[call-overload]
                self._names.initiatives.get(group.example.initiative or "", none),
                self._names.facets.get(group.example.facet or "", none),
            )
            for group in groups
        )
        columns = ("number", "example", "outcome", "initiative", "facet")
        return self._table("questions", columns, rows)

    def _feedback(self, words: Sequence[Feedback]) -> Table:
        helpful = sum(word.helpful for word in words)
        counts = {
            "helpful": helpful,
            "unhelpful": len(words) - helpful,
        }
        rows = tuple(
            (self._words.columns[name], number, Share(_share(number, len(words))))
            for name, number in counts.items()
        )
        return self._table("feedback", ("what", "number", "share"), rows, bars=1)

    def _table(
        self, key: str, columns: tuple[str, ...], rows: tuple[tuple[Cell, ...], ...], bars: int = 0
    ) -> Table:
        heads = tuple(self._words.columns[column] for column in columns)
        return Table(
            key, self._words.tables[key], heads, rows, self._words.columns["seconds"], bars
        )


def _is_time(cell: Cell) -> bool:
    return isinstance(cell, Seconds)


def _plain(cell: Cell) -> str | int | float:
    if isinstance(cell, Share | Seconds):
        return "" if cell.value is None else cell.value
    return cell


def _spread(spread: Spread) -> tuple[Seconds, Seconds]:
    return Seconds(spread.median), Seconds(spread.p95)


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
