"""Readings written beside the words in a template: ｜会話《かいわ》, as in Aozora Bunko's texts."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

_READ = re.compile("｜(.+?)《(.+?)》")


def ruby(text: str) -> Markup:
    """The text with the readings above the words."""
    shown = _READ.sub(r"<ruby>\1<rt>\2</rt></ruby>", str(escape(text)))
    return Markup(shown)  # noqa: S704 - escaped above


def bare(text: str) -> str:
    """The text without the readings."""
    return _READ.sub(r"\1", text)
