"""Every sentence that gateway and actions say: `data/replies.yml` and `data/call_line.yml`.

`data/replies_easy.yml` has some of the sentences in plain Japanese as well.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003 - pydantic needs the type at run time
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import BaseModel, ConfigDict, RootModel, StringConstraints, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.errors import BotError
from bot.worded import Worded, plain_form

if TYPE_CHECKING:
    from collections.abc import Mapping

DATA = Path(__file__).parents[1] / "data"
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]


class WordingError(BotError):
    """A text is missing, wrong, or was asked for with other values than it has places for."""


class _Replies(RootModel[dict[str, Text]]):
    """The form of `data/replies.yml`: key → text."""


class CallLine(BaseModel):
    """How to reach the call line, and when that was read where."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    phone: Text
    fax: Text
    as_of: date
    source: Text

    @property
    def numbers(self) -> frozenset[str]:
        """The line's own numbers, which are no personal data."""
        return frozenset({self.phone, self.fax})

    @property
    def as_of_in_words(self) -> str:
        """The date as people read it: 2020年10月1日."""
        return f"{self.as_of.year}年{self.as_of.month}月{self.as_of.day}日"


class Wording:
    """The texts by their keys."""

    def __init__(self, texts: Mapping[str, str], easy: Mapping[str, str] | None = None) -> None:
        """Takes the texts, and plain forms of some; each place in them is a name in braces.

        Raises:
            WordingError: if a text has a place that is no plain name, or a plain form has no text
                or other places than its text.
        """
        self._texts = dict(texts)
        self._easy = dict(easy or {})
        self._places = {key: _places(key, text) for key, text in texts.items()}
        for key, text in self._easy.items():
            if _places(key, text) != self._places.get(key):
                raise WordingError(f"the plain form of {key!r} has no text, or other places")

    @property
    def places(self) -> dict[str, frozenset[str]]:
        """The values that each text needs."""
        return dict(self._places)

    @property
    def easy(self) -> dict[str, str]:
        """The plain forms by their keys, places unfilled."""
        return dict(self._easy)

    def __getitem__(self, key: str) -> str:
        """A text with its places unfilled."""
        return self._texts[key]

    def render(self, key: str, **values: str | int) -> Worded:
        """The text of a key, with its places filled; the plain form with the values' plain forms.

        Raises:
            WordingError: if there is no such text, or the values are not exactly its places.
        """
        if key not in self._texts:
            raise WordingError(f"no text {key!r} in replies.yml")
        if values.keys() != self._places[key]:
            needed, given = sorted(self._places[key]), sorted(values)
            raise WordingError(f"text {key!r} needs the values {needed}, not {given}")
        return Worded(self._texts[key].format_map(values), self._render_easy(key, values))

    def _render_easy(self, key: str, values: Mapping[str, str | int]) -> str | None:
        """None if there is no plain form of the text, or of one of our texts in its places."""
        plain = {n: plain_form(v) if isinstance(v, str) else str(v) for n, v in values.items()}
        if key not in self._easy or None in plain.values():
            return None
        return self._easy[key].format_map(plain)


def load_wording(file: Path = DATA / "replies.yml") -> Wording:
    """Reads all texts, and their plain forms from the file `…_easy.yml` beside them.

    Raises:
        WordingError: naming the file and what is wrong with it.
    """
    easy = file.with_stem(f"{file.stem}_easy")
    return Wording(_texts(file), _texts(easy) if easy.exists() else None)


def _texts(file: Path) -> dict[str, str]:
    try:
        return _Replies.model_validate(_read(file)).root
    except ValidationError as error:
        raise WordingError(f"{file.name}: {error}") from error


def load_call_line(file: Path = DATA / "call_line.yml") -> CallLine:
    """Reads how to reach the call line.

    Raises:
        WordingError: naming the file and what is wrong with it.
    """
    try:
        return CallLine.model_validate(_read(file))
    except ValidationError as error:
        raise WordingError(f"{file.name}: {error}") from error


def _read(file: Path) -> Any:  # noqa: ANN401 - whatever the file holds; pydantic looks into it
    try:
        return YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (YAMLError, UnicodeDecodeError) as error:
        raise WordingError(f"{file.name}: {error}") from error


def _places(key: str, text: str) -> frozenset[str]:
    try:
        found = [part[1:] for part in Formatter().parse(text) if part[1] is not None]
    except ValueError as error:
        raise WordingError(f"text {key!r}: {error}") from error
    for name, form, conversion in found:
        if not name or not name.isidentifier() or form or conversion:
            raise WordingError(f"text {key!r}: {{{name}}} is no plain name in braces")
    return frozenset(name for name, _, _ in found if name)
