from __future__ import annotations

import pytest

from bot.errors import RequestError
from bot.text import MAX_CHARACTERS, clean


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("  いつから？\n", "いつから？"),
        ("一行\r\n二行", "一行\n二行"),
        ("カーボン\u200bゼロ\x00\x1b", "カーボンゼロ"),
        ("\u202e逆さ\u202c", "逆さ"),
        ("/restart", "/restart"),
        ("<b>太字</b>", "<b>太字</b>"),
        ("😀👨\u200d👩\u200d👧", "😀👨\u200d👩\u200d👧"),
        ("あ" * MAX_CHARACTERS, "あ" * MAX_CHARACTERS),
    ],
)
def test_text_is_kept_without_what_nobody_sees(given: str, kept: str) -> None:
    assert clean(given) == kept


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (None, "missing_field"),
        (5, "missing_field"),
        (["a"], "missing_field"),
        ("", "empty_text"),
        (" 　\n", "empty_text"),
        ("\u200b\u200d\ufeff", "empty_text"),
        ("あ" * (MAX_CHARACTERS + 1), "text_too_long"),
        ("\ud800", "invalid_characters"),
    ],
)
def test_what_is_no_message_is_refused(given: object, code: str) -> None:
    with pytest.raises(RequestError) as caught:
        clean(given)
    assert caught.value.code == code
