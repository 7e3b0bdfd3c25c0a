"""What a citizen or operator may write: plain text of bounded length."""

from __future__ import annotations

import re

from bot.errors import bad_request

MAX_CHARACTERS = 2000
_LINE_ENDS = re.compile(r"\r\n?|[\u2028\u2029\x85]")
# Controls but tab and newline; zero-width and direction marks. The zero-width joiner and variation
# selectors stay: they belong to emoji.
_INVISIBLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u00ad]"
)
_BLANK = re.compile(r"[\s\u200d\ufe00-\ufe0f\u3164\u2800]*")


def clean(text: object) -> str:
    """A message's text without invisible characters and outer white space.

    Raises:
        RequestError: 400, if it is no text, empty, too long, or not valid Unicode.
    """
    if not isinstance(text, str):
        raise bad_request("missing_field", field="text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise bad_request("invalid_characters") from error
    cleaned = _INVISIBLE.sub("", _LINE_ENDS.sub("\n", text)).strip()
    if _BLANK.fullmatch(cleaned):
        raise bad_request("empty_text")
    if len(cleaned) > MAX_CHARACTERS:
        raise bad_request("text_too_long", limit=f"{MAX_CHARACTERS:,}")
    return cleaned
