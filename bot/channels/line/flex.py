"""The building blocks of our bubbles: sizes and colours that older eyes can read.

Texts wrap and grow with the size that the citizen has set in LINE (`scaling`); colours are those of
the citizen's page, each at least 4.5:1 against what lies behind it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from linebot.v3.messaging import (
    FlexBox,
    FlexButton,
    FlexComponent,
    FlexSeparator,
    FlexText,
    PostbackAction,
    URIAction,
)

from bot.channels.line import counting, postback

if TYPE_CHECKING:
    from collections.abc import Sequence

INK = "#1b2430"
SOFT = "#4d5968"
LINE = "#c9d1db"
BRAND = "#0b4a82"
ON_BRAND = "#ffffff"
ON_BRAND_SOFT = "#d6e6f6"
TINT = "#e4eef8"
DANGER = "#b3141c"

MAX_LABEL = 20
"""Clusters in the label of an action."""
MAX_DISPLAY_TEXT = 300
"""Clusters in what a tap says in the chat."""
_NARROW = 7
"""A label of so many clusters fits on a button of half the width."""


def text(words: str, **look: Any) -> FlexText:  # noqa: ANN401 - LINE's own properties, by its names
    """A text that wraps; `look` overrides how it looks."""
    usual = {"size": "md", "color": INK, "wrap": True, "scaling": True, "lineSpacing": "6px"}
    return FlexText(text=words, **(usual | look))


def stack(contents: Sequence[FlexComponent], **look: Any) -> FlexBox:  # noqa: ANN401 - as above
    """Components below each other."""
    return FlexBox(layout="vertical", contents=list(contents), **look)


def separator(margin: str = "lg") -> FlexSeparator:
    """A thin line with room above it."""
    return FlexSeparator(color=LINE, margin=margin)


def tap(label: str, action: postback.Action, said: str | None = None) -> PostbackAction:
    """What a button does: it hands back our data and says its label, or `said`, in the chat."""
    return PostbackAction(
        label=counting.label(label, MAX_LABEL),
        data=postback.write(action),
        displayText=counting.label(said or label, MAX_DISPLAY_TEXT),
    )


def choose(choice: dict[str, str]) -> PostbackAction:
    """The action of an offered choice."""
    return tap(choice["label"], postback.Choice(choice["choice"]))


def grid(actions: Sequence[PostbackAction]) -> list[FlexBox]:
    """Buttons two in a row, a long label alone in its row."""
    rows: list[list[PostbackAction]] = []
    for action in actions:
        narrow = len(counting.clusters(action.label)) <= _NARROW
        if rows and narrow and len(rows[-1]) == 1 and _is_narrow(rows[-1][0]):
            rows[-1].append(action)
        else:
            rows.append([action])
    return [
        FlexBox(layout="horizontal", spacing="sm", contents=[_button(one) for one in row])
        for row in rows
    ]


def row(action: PostbackAction) -> FlexBox:
    """A whole line to tap, for labels too long for a button, with an arrow at its end."""
    words = text(action.label, color=BRAND, weight="bold", flex=1, gravity="center")
    arrow = text("›", color=BRAND, size="xl", flex=0, gravity="center")
    return FlexBox(
        layout="horizontal",
        contents=[words, arrow],
        spacing="md",
        paddingTop="lg",
        paddingBottom="lg",
        action=action,
    )


def call(label: str, number: str, color: str) -> FlexButton:
    """A button that dials."""
    action = URIAction(label=counting.label(label, MAX_LABEL), uri=f"tel:{number.replace('-', '')}")
    return FlexButton(action=action, style="primary", color=color, height="md", scaling=True)


def quiet(action: PostbackAction) -> FlexButton:
    """A button that does not push itself forward."""
    return FlexButton(action=action, style="link", color=BRAND, height="sm", scaling=True)


def _is_narrow(action: PostbackAction) -> bool:
    return len(counting.clusters(action.label)) <= _NARROW


def _button(action: PostbackAction) -> FlexButton:
    return FlexButton(
        action=action,
        style="secondary",
        color=TINT,
        height="sm",
        scaling=True,
        adjustMode="shrink-to-fit",
    )
