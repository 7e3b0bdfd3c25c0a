"""One message of the bot as a bubble, where a bubble does more than plain text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linebot.v3.messaging import FlexBox, FlexBubble, FlexComponent, FlexMessage

from bot.channels.line import counting, flex, postback
from bot.channels.line.offers import offered
from bot.conversation.model import Outcome, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.channels.line.offers import Choices
    from bot.conversation.model import Message
    from bot.wording import Wording

MAX_ALT_TEXT = 1500
"""UTF-16 units; what a notification and a screen reader get."""
MAX_BUBBLE_TEXT = 1500
"""UTF-16 units."""

_WITH_NUMBERS = {Outcome.EMERGENCY, Outcome.LINE_INFO, Outcome.OUT_OF_SCOPE}
_JUDGED = {Outcome.ANSWER, Outcome.NOT_STATED, Outcome.OUT_OF_SCOPE}
"""As on the web."""

_ANSWER = re.compile(
    r"【(?P<name>[^】]+)：(?P<facet>[^】：]+)】\n(?P<facts>.+?)(?:\n(?P<note>（[^）]+）))?",
    re.DOTALL,
)
_NUMBER = re.compile(r"(?<![\d-])(?<!FAX：)(?:0\d{1,3}-\d{2,4}-\d{3,4}|11[09])(?![\d-])")
_URGENT = {"119", "110"}


def bubble(message: Message, wording: Wording) -> FlexMessage | None:
    """The message as a bubble; None where plain text says the same."""
    there = offered(message, wording)
    numbers = _numbers(message)
    judged = message.final and message.outcome in _JUDGED
    worth_it = there.grid or there.rows or numbers or judged or message.outcome == Outcome.ANSWER
    if not worth_it or _is_better_as_text(message.text):
        return None
    header, body = _told(message, wording)
    if there.rows:
        body += _rows(there.rows)
    footer: list[FlexComponent] = [*_calls(numbers, wording)]
    footer += flex.grid([flex.choose(choice) for choice in there.grid])
    if judged:
        footer += _feedback(message, wording)
    return FlexMessage(
        altText=counting.cut(spoken(message, wording), MAX_ALT_TEXT),
        contents=FlexBubble(
            header=header,
            body=flex.stack(body, paddingAll="xl"),
            footer=flex.stack(footer, spacing="sm", paddingAll="lg") if footer else None,
        ),
    )


def _is_better_as_text(text: str) -> bool:
    """Long texts read better so; and only in plain text LINE makes a link of an address."""
    return counting.utf16(text) > MAX_BUBBLE_TEXT or "://" in text


def spoken(message: Message, wording: Wording) -> str:
    """The message as it stands without a bubble: an operator's name above, sources below."""
    lines = [message.text, *_sources(message, wording)]
    if message.role == Role.OPERATOR and message.author:
        lines.insert(0, wording.render("on_line_operator", operator=message.author))
    return "\n".join(lines)


def _sources(message: Message, wording: Wording) -> list[str]:
    """A line for each part of the address that carries the answer, with its paragraphs."""
    places: dict[tuple[str, str], set[int]] = {}
    for source in message.sources:
        place = (str(source["title"]), str(source["section"]))
        places.setdefault(place, set()).add(int(source["paragraph"]))
    return [
        wording.render(
            "on_line_source",
            title=title,
            section=section,
            paragraphs="・".join(map(str, sorted(paragraphs))),
        )
        for (title, section), paragraphs in places.items()
    ]


def _told(message: Message, wording: Wording) -> tuple[FlexBox | None, list[FlexComponent]]:
    """Header and body: an answer with its title, facts, source and note, or the text as it is."""
    answer = _ANSWER.fullmatch(message.text) if message.outcome == Outcome.ANSWER else None
    small = _sources(message, wording)
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
