"""Finding initiatives by name: exact, by reading, or nearly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from engine.nlu import near
from engine.nlu.reading import Reading, Token, tokenise
from engine.text import normalise

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from engine.knowledge import Initiative

# A short reading has many homophones (町会, 懲戒), so it counts only where the citizen wrote kana.
_SHORTEST_READING = 4
_UNMISTAKABLE_READING = 7
# So many characters of a name's reading allow one wrong one.
_CHARACTERS_PER_ERROR = 6
_LONGEST_WORTH_SEARCHING = 300
_LONG = "ー"
_SEPARATORS = re.compile(r"[ ・\-「」『』\"']")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]+")
_LATIN = re.compile(r"[a-z]")
_NUMBER_NEXT = re.compile(r"[ ・\-]?\d+")


@dataclass(frozen=True)
class Name:
    """A name of an initiative as it is searched for."""

    initiative: str
    text: str
    """Normalised, without separators."""
    reading: str


@dataclass(frozen=True)
class Mention:
    """A place in a normalised text at which an initiative is named."""

    initiative: str
    start: int
    end: int
    kind: Literal["exact", "near"]


class Names:
    """All names of all initiatives."""

    def __init__(self, names: Iterable[Name]) -> None:
        """Takes the names, of which an initiative has as many as it likes."""
        self.names = list(names)
        heard = {
            (name.initiative, name.reading.replace(_LONG, ""))
            for name in self.names
            if len(name.reading) >= _UNMISTAKABLE_READING
        }
        self._patterns = {
            (initiative, sounds): near.Pattern(sounds, len(sounds) // _CHARACTERS_PER_ERROR)
            for initiative, sounds in sorted(heard)
        }

    @classmethod
    def of(cls, initiatives: Iterable[Initiative]) -> Names:
        """Takes the names from the knowledge."""
        written = {
            (initiative.id, normalise(name))
            for initiative in initiatives
            for name in initiative.names
        }
        return cls(
            Name(initiative, _SEPARATORS.sub("", text), Reading.of(tokenise(text)).text)
            for initiative, text in sorted(written)
        )

    def find(self, text: str, tokens: list[Token]) -> list[Mention]:
        """The mentions in a normalised text, in order, none within another."""
        reading = Reading.of(tokens)
        named = _longest(_numbered(text, mention) for mention in self._exact(text, reading))
        similar = self._near(reading, named)
        return sorted(_longest([*named, *similar]), key=lambda mention: mention.start)

    def _exact(self, text: str, reading: Reading) -> Iterator[Mention]:
        places = [at for at, letter in enumerate(text) if not _SEPARATORS.match(letter)]
        dense = "".join(text[at] for at in places)
        for name in self.names:
            for at in _occurrences(dense, name.text):
                start, end = places[at], places[at + len(name.text) - 1] + 1
                if not _inside_latin_word(text, start, end):
                    yield Mention(name.initiative, start, end, "exact")
            for at in _occurrences(reading.text, name.reading):
                place = _whole_words(reading, at, at + len(name.reading))
                if place and _is_clear(name.reading, text[slice(*place)]):
                    yield Mention(name.initiative, *place, "exact")

    def _near(self, reading: Reading, named: list[Mention]) -> Iterator[Mention]:
        """Names with a few wrong letters, of initiatives that are not named anyway.

        Long vowels are not listened to: people add and forget them (グリンリカバリ).
        """
        short = [at for at, sound in enumerate(reading.text) if sound != _LONG]
        short = short[:_LONGEST_WORTH_SEARCHING]
        heard = "".join(reading.text[at] for at in short)
        heard_pairs = near.pairs(heard)
        known = {mention.initiative for mention in named}
        for (initiative, name), pattern in self._patterns.items():
            found = None
            if initiative not in known and pattern.may_be_in(heard_pairs):
                found = pattern.find(heard)
            if found:
                first, last = short[found[0]], short[found[1] - 1]
                if reading.text[last + 1 : last + 2] == _LONG:
                    last += 1
                place = reading.spans[first][0], reading.spans[last][1]
                mention = Mention(initiative, *place, "near")
                own = len(name) - _sounds_within(mention, named, reading)
                if found[2] <= own // _CHARACTERS_PER_ERROR:
                    yield mention


def _sounds_within(mention: Mention, named: Iterable[Mention], reading: Reading) -> int:
    """How much of a near name is another one, exactly: the SDGs of 「SDGs受賞」 (認証?)."""
    within = [one for one in named if mention.start <= one.start and one.end <= mention.end]
    return sum(
        one.start <= start and end <= one.end for one in within for start, end in reading.spans
    )


def _occurrences(text: str, part: str) -> Iterator[int]:
    at = text.find(part) if part else -1
    while at >= 0:
        yield at
        at = text.find(part, at + 1)


def _whole_words(reading: Reading, first: int, last: int) -> tuple[int, int] | None:
    """Where a stretch of the reading is in the text, unless it begins or ends inside a word."""
    spans = reading.spans
    if first > 0 and spans[first - 1] == spans[first]:
        return None
    if last < len(spans) and spans[last] == spans[last - 1]:
        return None
    return spans[first][0], spans[last - 1][1]


def _is_clear(reading: str, written: str) -> bool:
    if len(reading) >= _UNMISTAKABLE_READING:
        return True
    return len(reading) >= _SHORTEST_READING and bool(_KANA.fullmatch(written))


def _inside_latin_word(text: str, start: int, end: int) -> bool:
    before, after = text[max(0, start - 1) : start], text[end : end + 1]
    return bool(
        (_LATIN.match(text[start]) and _LATIN.match(before))
        or (_LATIN.match(text[end - 1]) and _LATIN.match(after))
    )


def _numbered(text: str, mention: Mention) -> Mention:
    """A name followed by a number that is no part of it is another name, if a near one."""
    number = _NUMBER_NEXT.match(text, mention.end)
    if number is None:
        return mention
    return Mention(mention.initiative, mention.start, number.end(), "near")


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _longest(mentions: Iterable[Mention]) -> list[Mention]:
    """Of mentions that overlap, the longest; of equally long ones, an exact one."""
    chosen: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, m.kind)):
        if not any(_overlap(mention, other) for other in chosen):
            chosen.append(mention)
    return chosen
