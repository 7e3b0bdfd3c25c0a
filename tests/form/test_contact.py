"""What the contact form takes, and what it asks to be mended."""

from __future__ import annotations

import pytest

from bot.form.contact import Contact, read_contact
from bot.wording import load_wording

GOOD = {"name": "川崎 太郎", "reach": "044-000-0000", "message": "折り返しお願いします。"}


def test_a_filled_in_form_is_taken() -> None:
    assert read_contact(GOOD) == (Contact(**GOOD), {})


def test_nobody_has_to_give_a_name() -> None:
    assert read_contact({**GOOD, "name": " "}) == (Contact(**{**GOOD, "name": ""}), {})


@pytest.mark.parametrize(
    "reach", ["０４４ー０００ー０００１", "taro@example.jp", "+81 44 000 0000"]
)
def test_a_number_or_an_address_is_taken_however_it_is_written(reach: str) -> None:
    assert read_contact({**GOOD, "reach": reach})[1] == {}


@pytest.mark.parametrize(
    ("field", "text", "key"),
    [
        ("name", "あ" * 101, "form_name_wrong"),
        ("name", "\ud800", "form_name_wrong"),
        ("reach", "", "form_reach_missing"),
        ("reach", "電話して", "form_reach_wrong"),
        ("reach", "12345", "form_reach_wrong"),
        ("reach", "0" * 201, "form_reach_wrong"),
        ("message", "  ", "form_message_missing"),
        ("message", "あ" * 2001, "form_message_wrong"),
    ],
)
def test_what_is_wrong_is_said(field: str, text: str, key: str) -> None:
    contact, problems = read_contact({**GOOD, field: text})
    assert problems == {field: key}
    assert key in load_wording().places
    assert contact.message or field == "message"


def test_an_empty_form_misses_two_things() -> None:
    assert set(read_contact({})[1]) == {"reach", "message"}


def test_it_is_kept_as_a_text() -> None:
    assert Contact.from_json(Contact(**GOOD).to_json()) == Contact(**GOOD)
