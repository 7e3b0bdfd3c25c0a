"""`data/readings.yml`: readings that the dictionary does not know or gets wrong."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bot.knowledge.problems import KnowledgeError, Problem
from bot.knowledge.yaml_file import UnreadableFileError, read_yaml
from bot.reading.counters import Span
from bot.reading.placing import KANJI, is_hiragana, place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bot.knowledge.yaml_file import YamlFile
    from bot.reading.placing import Ruby

FILE = Path(__file__).parents[2] / "data" / "readings.yml"


class Corrections:
    """Words and their readings."""

    def __init__(self, words: Mapping[str, str]) -> None:
        """Takes words with their readings in hiragana, as `load_corrections` checked them."""
        placed = {word: place(word, reading) for word, reading in words.items()}
        self._known: dict[str, Ruby] = {word: ruby for word, ruby in placed.items() if ruby}

    def find(self, line: str) -> Iterator[Span]:
        """Every place of every word in a line; they may overlap."""
        for word, ruby in self._known.items():
            start = line.find(word)
            while start >= 0:
                yield Span(start, start + len(word), ruby)
                start = line.find(word, start + 1)


def load_corrections(file: Path = FILE) -> Corrections:
    """Reads the list.

    Raises:
        KnowledgeError: with every problem of the file, in words for people.
    """
    try:
        yaml = read_yaml(file)
    except UnreadableFileError as error:
        raise KnowledgeError([Problem(file.name, error.line, error.reason)]) from error
    content = yaml.content
    if not isinstance(content, dict):
        problem = Problem(file.name, 1, "「言葉: よみ」の形で書いてください")
        raise KnowledgeError([problem])
    problems = list(_problems(file.name, yaml, content))
    if problems:
        raise KnowledgeError(sorted(problems))
    return Corrections(content)


def _problems(name: str, yaml: YamlFile, content: dict[object, object]) -> Iterator[Problem]:
    for word, reading in content.items():
        reason = _wrong(word, reading)
        if reason:
            yield Problem(name, yaml.line((str(word),)), reason)


def _wrong(word: object, reading: object) -> str | None:
    if not isinstance(word, str) or not KANJI.search(word):
        return f"「{word}」には漢字がありません。漢字のある言葉だけを書いてください"
    if not isinstance(reading, str) or not is_hiragana(reading):
        return f"「{word}」のよみは、ひらがなだけで書いてください"
    if place(word, reading) is None:
        return (
            f"「{word}」とよみ「{reading}」が合いません。送りがなやカタカナも、よみに入れてください"
        )
    return None
