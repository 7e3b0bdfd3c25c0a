"""Every text is there, is used with its own values, and nothing is left unfilled."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from actions.reply import MAX_LABEL
from bot.knowledge.schema import Facet
from bot.worded import Worded
from bot.wording import Wording, WordingError, load_call_line, load_wording

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
WORDING = load_wording()
ERRORS = {"bad_request", "unauthorized", "forbidden", "not_found", "conflict", "RequestError"}
KEY = re.compile(r"(label|error|smalltalk|clarify|suggest|emergency|handoff|menu)_[a-z_]+")


def calls() -> Iterator[tuple[str, ast.Call]]:
    for folder in ("bot", "actions"):
        for file in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Call):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", node


def name(call: ast.Call) -> str:
    function = call.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def texts(call: ast.Call) -> list[str]:
    return [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]


RENDERED = [(at, c) for at, c in calls() if name(c) == "render" and texts(c)]
RENDERED = [(at, c) for at, c in RENDERED if not texts(c)[0].endswith(".html")]
RAISED = [(at, c) for at, c in calls() if name(c) in ERRORS and texts(c)]


@pytest.mark.parametrize(("at", "call"), RENDERED)
def test_code_asks_for_texts_that_exist_with_the_values_they_need(at: str, call: ast.Call) -> None:
    (key, *_) = texts(call)
    assert key in WORDING.places, at
    given = {keyword.arg for keyword in call.keywords}
    if None not in given:
        assert given == WORDING.places[key], at


@pytest.mark.parametrize(("at", "call"), RAISED)
def test_every_error_has_its_text(at: str, call: ast.Call) -> None:
    key = f"error_{texts(call)[0]}"
    assert key in WORDING.places, at
    if name(call) != "RequestError":
        assert {keyword.arg for keyword in call.keywords} == WORDING.places[key], at


def test_keys_handed_on_in_the_actions_exist() -> None:
    asked = {text for at, call in calls() if at.startswith("actions") for text in texts(call)}
    assert {text for text in asked if KEY.fullmatch(text)} - {"line_info"} <= set(WORDING.places)


def test_every_facet_and_every_kind_of_small_talk_has_its_text() -> None:
    kinds = {"greeting", "thanks", "goodbye", "bot_challenge", "chitchat", "deny"}
    needed = {f"facet_{facet}" for facet in Facet} | {f"smalltalk_{kind}" for kind in kinds}
    assert needed <= set(WORDING.places)


@pytest.mark.parametrize("key", sorted(WORDING.places))
def test_a_filled_text_has_no_place_left(key: str) -> None:
    text = WORDING.render(key, **dict.fromkeys(WORDING.places[key], "7"))
    assert not set("{}") & set(text)
    assert text == text.strip()


@pytest.mark.parametrize(
    "key", sorted(key for key in WORDING.places if key.startswith(("label_", "facet_")))
)
def test_labels_fit_on_a_choice(key: str) -> None:
    assert len(WORDING.render(key)) <= MAX_LABEL


@pytest.mark.parametrize(
    ("key", "values"),
    [("hello", {}), ("hello", {"name": "a", "age": 3}), ("hello", {"nmae": "a"}), ("bye", {})],
)
def test_rendering_takes_exactly_what_a_text_needs(key: str, values: dict[str, str]) -> None:
    with pytest.raises(WordingError):
        Wording({"hello": "{name}さん、こんにちは"}).render(key, **values)


def test_values_are_not_read_as_texts() -> None:
    assert (
        Wording({"said": "「{text}」"}).render("said", text="{name} %s {0}") == "「{name} %s {0}」"
    )


@pytest.mark.parametrize("text", ["{", "{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>9}"])
def test_a_place_is_a_plain_name(text: str) -> None:
    with pytest.raises(WordingError, match="hello"):
        Wording({"hello": text})


@pytest.mark.parametrize(
    "content", ["hello: ''", "hello: 3", "- hello", "", "hello: [", "a: x\na: y", "a: {b: c}"]
)
def test_a_wrong_file_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "replies.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WordingError, match=r"replies\.yml"):
        load_wording(file)


def test_the_call_line_is_dated() -> None:
    line = load_call_line()
    assert (line.phone, line.fax) == ("044-200-3939", "044-200-3900")
    assert (line.source, line.as_of_in_words) == ("市政だより", "2020年10月1日")


@pytest.mark.parametrize("content", ["phone: 1", "phone: '1'\nfax: '2'\nas_of: gestern\nsource: x"])
def test_a_wrong_call_line_is_named(tmp_path: Path, content: str) -> None:
    file = tmp_path / "call_line.yml"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(WordingError, match=r"call_line\.yml"):
        load_call_line(file)


def test_plain_forms_are_of_texts_that_exist_and_fill_the_same_places() -> None:
    assert WORDING.easy
    for key in WORDING.easy:
        rendered = WORDING.render(key, **dict.fromkeys(WORDING.places[key], "7"))
        assert rendered.easy
        assert not set("{}") & set(rendered.easy)


def test_all_that_a_citizen_reads_in_the_chat_has_a_plain_form() -> None:
    on_line_only = ("on_line_", "label_", "error_", "form_")
    others = {"withdrawn", "only_text_for_operators", "suggested_answer"}
    others |= {"hours_day_wrong", "hours_span_wrong"}  # the desk's settings say these
    said = {key for key in WORDING.places if not key.startswith(on_line_only)} - others
    assert said <= set(WORDING.easy)


def test_a_value_of_ours_comes_into_the_plain_form_in_its_own() -> None:
    wording = Wording(
        {"when": "{day}から", "day": "本日"}, {"when": "{day}から　です", "day": "今日"}
    )
    assert wording.render("when", day=wording.render("day")).easy == "今日から　です"
    assert wording.render("when", day="8時").easy == "8時から　です"
    assert wording.render("when", day=Worded("明後日")).easy is None
    assert Wording({"when": "いつか"}).render("when").easy is None


@pytest.mark.parametrize(
    "easy", [{"bye": "さようなら"}, {"hello": "こんにちは"}, {"hello": "{age}"}]
)
def test_a_plain_form_without_a_text_or_with_other_places_is_refused(easy: dict[str, str]) -> None:
    with pytest.raises(WordingError, match="plain form"):
        Wording({"hello": "{name}さん、こんにちは"}, easy)


def test_a_wrong_file_of_plain_forms_is_named(tmp_path: Path) -> None:
    file = tmp_path / "replies.yml"
    file.write_text("a: x", encoding="utf-8")
    (tmp_path / "replies_easy.yml").write_text("a: [", encoding="utf-8")
    with pytest.raises(WordingError, match=r"replies_easy\.yml"):
        load_wording(file)
