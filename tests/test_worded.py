from __future__ import annotations

import copy
import json
import pickle
from dataclasses import replace

from bot.conversation.model import Draft, Role
from bot.worded import Worded, plain_form

TEXT = Worded("お待ちください。", "待ってください。")


def test_a_text_of_ours_is_the_text_and_knows_its_plain_form() -> None:
    assert TEXT == "お待ちください。"
    assert json.dumps({"text": TEXT}) == json.dumps({"text": "お待ちください。"})
    assert plain_form(TEXT) == "待ってください。"


def test_it_keeps_the_plain_form_through_copies() -> None:
    assert copy.deepcopy(TEXT).easy == TEXT.easy
    assert pickle.loads(pickle.dumps(TEXT)).easy == TEXT.easy  # noqa: S301 - our own bytes


def test_joined_texts_have_joined_plain_forms() -> None:
    joined = Worded.joined("\n", (TEXT, "1."))
    assert joined == "お待ちください。\n1."
    assert joined.easy == "待ってください。\n1."


def test_one_text_of_ours_without_a_plain_form_leaves_the_whole_without() -> None:
    assert Worded.joined("、", (TEXT, Worded("別"))).easy is None


def test_a_draft_takes_the_plain_form_of_its_text() -> None:
    draft = Draft(Role.BOT, TEXT)
    assert draft.easy == "待ってください。"
    assert replace(draft, final=True).easy == "待ってください。"
    assert replace(Draft(Role.BOT, ""), text=TEXT).easy == "待ってください。"
    assert Draft(Role.OPERATOR, "はい").easy is None
