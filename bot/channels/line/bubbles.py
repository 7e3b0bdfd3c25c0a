"""One message of the bot as a bubble, where a bubble does more than plain text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from linebot.v3.messaging import FlexBox, FlexBubble, FlexComponent, FlexMessage

from bot.channels.line import counting, flex, postback
from bot.conversation.model import Outcome
from bot.knowledge.schema import Facet

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.conversation.model import Message
    from bot.wording import Wording

MAX_ALT_TEXT = 1500
"""UTF-16 units; what a notification and a screen reader get."""
MAX_BUBBLE_TEXT = 1500
"""UTF-16 units; a longer text is easier to read as text."""
MAX_QUICK_REPLIES = 13
_FEW = 6
"""So many choices are still found in a row that is swept sideways."""

_WITH_FACETS = {Outcome.ANSWER, Outcome.NOT_STATED, Outcome.MENU}
_WITH_NUMBERS = {Outcome.EMERGENCY, Outcome.LINE_INFO, Outcome.OUT_OF_SCOPE}
_JUDGED = {Outcome.ANSWER, Outcome.NOT_STATED, Outcome.OUT_OF_SCOPE}
"""As on the web."""

_ANSWER = re.compile(
    r"【(?P<name>[^】]+)：(?P<facet>[^】：]+)】\n(?P<facts>.+?)(?:\n(?P<note>（[^）]+）))?",
    re.DOTALL,
)
_NUMBER = re.compile(r"(?<![\d-])(?<!FAX：)(?:0\d{1,3}-\d{2,4}-\d{3,4}|11[09])(?![\d-])")
_URGENT = {"119", "110"}

Choices = tuple[dict[str, str], ...]


@dataclass(frozen=True)
class Offered:
    """Where the choices of a message go."""

    grid: Choices
    rows: Choices
    quick: Choices


def offered(message: Message, wording: Wording) -> Offered:
    """Facets as buttons, long lists as lines, everything else as quick replies."""
    facets = {wording.render(f"facet_{facet}") for facet in Facet}
    with_facets = message.outcome in _WITH_FACETS
    grid = tuple(c for c in message.choices if with_facets and c["label"] in facets)
    rest = tuple(c for c in message.choices if c not in grid)
    many = len(rest) > (_FEW if message.outcome == Outcome.CLARIFY else MAX_QUICK_REPLIES)
    if many or message.outcome == Outcome.MENU:
        return Offered(grid, rest, ())
    return Offered(grid, (), rest)


def bubble(message: Message, wording: Wording) -> FlexMessage | None:
    """The message as a bubble; None where plain text says the same."""
    there = offered(message, wording)
    numbers = _numbers(message)
    judged = message.final and message.outcome in _JUDGED
    worth_it = there.grid or there.rows or numbers or judged or message.outcome == Outcome.ANSWER
    if not worth_it or counting.utf16(message.text) > MAX_BUBBLE_TEXT:
        return None
    header, body = _told(message, wording)
    if there.rows:
        body += _rows(there.rows)
    footer: list[FlexComponent] = [*_calls(numbers, wording)]
    footer += flex.grid([flex.choose(choice) for choice in there.grid])
    if judged:
        footer += _feedback(message, wording)
    return FlexMessage(
        altText=counting.cut(_alternative(message, wording), MAX_ALT_TEXT),
        contents=FlexBubble(
            header=header,
            body=flex.stack(body, paddingAll="xl"),
            footer=flex.stack(footer, spacing="sm", paddingAll="lg") if footer else None,
        ),
    )


def sources(message: Message, wording: Wording) -> list[str]:
    """A line for each part of the address that carries the answer, with its paragraphs."""
    places: dict[tuple[str, str], list[str]] = {}
    for source in message.sources:
        place = (str(source["title"]), str(source["section"]))
        places.setdefault(place, []).append(str(source["paragraph"]))
    return [
        wording.render("on_line_source", title=title, section=section, paragraphs="・".join(found))
        for (title, section), found in places.items()
    ]


def _told(message: Message, wording: Wording) -> tuple[FlexBox | None, list[FlexComponent]]:
    """Header and body: an answer with its title, facts, source and note, or the text as it is."""
    answer = _ANSWER.fullmatch(message.text) if message.outcome == Outcome.ANSWER else None
    small = sources(message, wording)
    if answer is None:
        return None, [*_paragraphs(message.text.split("\n")), *_small(small)]
    if answer["note"]:
        small.append(answer["note"])
    title = flex.text(answer["name"], color=flex.ON_BRAND, size="lg", weight="bold")
    facet = flex.text(answer["facet"], color=flex.ON_BRAND_SOFT, weight="bold")
    header = flex.stack([title, facet], backgroundColor=flex.BRAND, paddingAll="xl", spacing="xs")
    return header, [*_paragraphs(answer["facts"].split("\n")), *_small(small)]


def _paragraphs(lines: Iterable[str]) -> list[FlexComponent]:
    kept = [line for line in lines if line.strip()]
    return [flex.text(line, margin="md" if at else "none") for at, line in enumerate(kept)]


def _small(lines: list[str]) -> list[FlexComponent]:
    texts = [flex.text(line, size="sm", color=flex.SOFT, margin="md") for line in lines]
    return [flex.separator(), *texts] if texts else []


def _rows(choices: Choices) -> list[FlexComponent]:
    rows = [flex.row(flex.choose(choice)) for choice in choices]
    lines = [flex.separator("none" if at else "lg") for at, _ in enumerate(rows)]
    return [part for pair in zip(lines, rows, strict=True) for part in pair]


def _numbers(message: Message) -> list[str]:
    """The telephone numbers in a text that is there to give them, each once."""
    wanted = message.outcome in _WITH_NUMBERS
    return list(dict.fromkeys(_NUMBER.findall(message.text))) if wanted else []


def _calls(numbers: list[str], wording: Wording) -> list[FlexComponent]:
    """A button for each number; red is kept for fire brigade, ambulance and police."""
    return [
        flex.call(
            wording.render("on_line_call", number=number),
            number,
            flex.DANGER if number in _URGENT else flex.BRAND,
        )
        for number in numbers
    ]


def _feedback(message: Message, wording: Wording) -> list[FlexComponent]:
    answers = [
        flex.tap(
            wording.render(f"label_on_line_{word}"),
            postback.Feedback(message.id, helpful),
            wording.render("on_line_helpful" if helpful else "on_line_unhelpful"),
        )
        for word, helpful in (("yes", True), ("no", False))
    ]
    question = flex.text(wording.render("on_line_feedback"), size="sm", color=flex.SOFT)
    row = FlexBox(layout="horizontal", contents=[flex.quiet(answer) for answer in answers])
    return [flex.separator(), question, row]


def _alternative(message: Message, wording: Wording) -> str:
    return "\n".join([message.text, *sources(message, wording)])
