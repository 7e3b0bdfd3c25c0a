"""Readings of what is counted: 1人 is ひとり, 3本 has ぼん, 4月1日 ends in ついたち."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.reading.placing import Ruby, Segment


class Span(NamedTuple):
    """A place in a line, and its segments."""

    start: int
    end: int
    segments: Ruby

    def moved(self, by: int) -> Span:
        """The same so many characters further on."""
        return Span(self.start + by, self.end + by, self.segments)


_DAYS = "2ふつか 3みっか 4よっか 5いつか 6むいか 7なのか 8ようか 9ここのか"
_WHOLE = {
    "人": {"1": "ひとり", "2": "ふたり"},
    "日": {day[0]: day[1:] for day in _DAYS.split()} | {"10": "とおか", "20": "はつか"},
}
"""Where figure and counter are one word, which is read as a whole."""
_USUAL = (
    "人にん 日にち 年ねん 月がつ 時じ 円えん 回かい 台だい 番ばん 件けん 歳さい 社しゃ 名めい "
    "度ど 号ごう 倍ばい 枚まい 校こう 秒びょう 字じ 期き 次じ 位い 条じょう"
)
_PLAIN = {counter[0]: counter[1:] for counter in _USUAL.split()}
_CHANGING = {
    "本": ("ほん", "ぽん", "ぼん"),
    "匹": ("ひき", "ぴき", "びき"),
    "杯": ("はい", "ぱい", "ばい"),
    "階": ("かい", "かい", "がい"),
    "軒": ("けん", "けん", "げん"),
}
"""The usual reading, the one after 1, 6, 8 and 10, and the one after 3 and 1000."""
_MINUTES = {"2", "5", "7", "9"}
_DAYS_WITH_YO = {"14", "24"}
_AFTER = {"間": "かん", "目": "め", "前": "まえ", "後": "ご"}
_NUMBER = re.compile(r"(?<![0-9０-９.．,，])[0-9０-９]+(?:[,，][0-9０-９]{3})*")
_COUNTERS = "".join([*_PLAIN, *_CHANGING, "分"])
_COUNTER = re.compile(f"([{_COUNTERS}])([{''.join(_AFTER)}]?)")  # 10分間, 2人目


def counted(line: str) -> Iterator[Span]:
    """All numbers of a line that stand before a counter whose reading is known.

    Where the counter is only the beginning of a word (3年生, 5分野), that is no such place; the
    reader knows the words.
    """
    for number in _NUMBER.finditer(line):
        counter = _COUNTER.match(line, number.end())
        if counter:
            figure = unicodedata.normalize("NFKC", number[0]).replace(",", "")
            whole = _whole(figure, counter[1], line[: number.start()])
            segments: list[Segment] = [(number[0] + counter[1], whole)]
            if whole is None:
                reading = _reading(figure, counter[1], line[counter.end() :])
                segments = [(number[0], None), (counter[1], reading)]
            segments += [(one, _AFTER[one]) for one in counter[2]]
            yield Span(number.start(), counter.end(), tuple(segments))


def _whole(figure: str, counter: str, before: str) -> str | None:
    """The reading of figure and counter, if they are one word."""
    if (figure, counter) == ("1", "日") and before.endswith("月"):
        return "ついたち"
    return _WHOLE.get(counter, {}).get(figure)


def _reading(figure: str, counter: str, after: str) -> str:
    """The counter's reading after a figure."""
    if counter == "分":
        return _of_minutes(figure, after)
    if counter == "日" and figure in _DAYS_WITH_YO:
        return "か"
    if counter in _CHANGING:
        usual, after_one, after_three = _CHANGING[counter]
        if figure.endswith(("3", "000")):
            return after_three
        return after_one if figure[-1] in "1680" else usual
    return _PLAIN[counter]


def _of_minutes(figure: str, after: str) -> str:
    """10分 is ぷん, 5分 ふん; 3分の1 is ぶん."""
    if re.match("の[0-9０-９]", after):
        return "ぶん"
    return "ふん" if figure[-1] in _MINUTES else "ぷん"
