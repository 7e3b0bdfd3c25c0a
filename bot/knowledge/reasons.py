"""What is wrong with a knowledge file, in words for people who know no programming."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.knowledge.schema import LAST_PARAGRAPH, Facet

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Path = tuple[int | str, ...]

_FACETS = "、".join(Facet)
_PARAGRAPH = f"段落の番号(paragraph)は、1から{LAST_PARAGRAPH}までの数字で書いてください"
_BY_TYPE = {
    "missing": "「{key}」がありません。書き足してください",
    "extra_forbidden": "「{key}」という項目は使えません。つづりを確かめてください",
    "enum": f"「{{key}}」という観点はありません。使えるのは {_FACETS} です",
    "string_type": "「{key}」には文字を書いてください。数字だけのときは、引用符 ' ' で囲みます",
    "string_too_short": "「{key}」が空です。内容を書いてください",
    "string_pattern_mismatch": "「{key}」は、半角の英小文字・数字・「_」だけで書いてください",
    "tuple_type": "「{key}」には、行頭に「-」をつけた一覧を書いてください",
    "dict_type": "「{key}」の下に、観点ごとの内容を書いてください",
    "model_type": "ここには「fact: …」と「paragraph: …」の組を書いてください",
    "too_short": "「{key}」が空です。内容を書くか、項目ごと消してください",
}


def innermost(errors: list[ErrorDetails]) -> list[ErrorDetails]:
    """The findings without those that only follow from one further inside."""
    places = [error["loc"] for error in errors]
    return [
        error
        for error, place in zip(errors, places, strict=True)
        if not any(other[: len(place)] == place != other for other in places)
    ]


def reason(error: ErrorDetails) -> str:
    """Says in Japanese what one finding of the schema means."""
    path = readable(error["loc"])
    if "paragraph" in path and error["type"] != "missing":
        return _PARAGRAPH
    keys = [part for part in path if isinstance(part, str)]
    pattern = _BY_TYPE.get(error["type"], "「{key}」の書き方が正しくありません")
    return pattern.format(key=keys[-1] if keys else "ファイル全体")


def readable(loc: Path) -> Path:
    """A finding's place as it stands in the file: without the schema's own marks."""
    return tuple(part for part in loc if part != "[key]")
