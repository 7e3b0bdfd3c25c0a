"""What the contact form asks, and what is wrong with what was filled in."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from bot.errors import RequestError
from bot.text import MAX_CHARACTERS, clean

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_NAME = 100
MAX_REACH = 200
_MAIL = re.compile(r"[^\s@＠]+[@＠][^\s@＠]+\.[^\s@＠]+")
_DIGITS = re.compile(r"[0-9０-９]")
_MIN_PHONE_DIGITS = 9
_NO_PHONE = re.compile(r"[A-Za-zＡ-Ｚａ-ｚ@＠]")


@dataclass(frozen=True)
class Contact:
    """What a citizen filled in; `reach`: a telephone number or e-mail address."""

    name: str = ""
    reach: str = ""
    message: str = ""

    def to_json(self) -> str:
        """As one text, to be kept."""
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Contact:
        """What `to_json` made a text of."""
        return cls(**json.loads(text))


def read_contact(form: Mapping[str, str]) -> tuple[Contact, dict[str, str]]:
    """The fields of a sent form, and for each wrong one the key of the text that says what."""
    raw = {name: form.get(name, "") for name in ("name", "reach", "message")}
    found, problems = {}, {}
    for name, text in raw.items():
        found[name], problem = _checked(name, text)
        if problem:
            problems[name] = problem
    return Contact(**found), problems


def _checked(name: str, text: str) -> tuple[str, str]:
    """A field's cleaned text (as it was, if it cannot be), and what is wrong with it."""
    if name == "name" and not text.strip():
        return "", ""
    try:
        cleaned = clean(text)
    except RequestError as error:
        return text[:MAX_CHARACTERS], _WORST.get((name, error.code), f"form_{name}_wrong")
    return cleaned, _WRONG[name] if _is_wrong(name, cleaned) else ""


_WORST = {
    ("reach", "empty_text"): "form_reach_missing",
    ("message", "empty_text"): "form_message_missing",
}
_WRONG = {
    "name": "form_name_wrong",
    "reach": "form_reach_wrong",
    "message": "form_message_wrong",
}


def _is_wrong(name: str, text: str) -> bool:
    if name == "name":
        return len(text) > MAX_NAME
    return name == "reach" and (len(text) > MAX_REACH or not _reachable(text))


def _reachable(text: str) -> bool:
    """Whether a text may be a telephone number or an e-mail address; generous on purpose."""
    if _MAIL.search(text):
        return True
    return len(_DIGITS.findall(text)) >= _MIN_PHONE_DIGITS and not _NO_PHONE.search(text)
