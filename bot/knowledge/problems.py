"""What can be wrong with the content, as a list that people can work through."""

from __future__ import annotations

from dataclasses import dataclass

from bot.errors import BotError


@dataclass(frozen=True, order=True)
class Problem:
    """What is wrong, and where; `line` counts from 1."""

    file: str
    line: int
    reason: str

    def __str__(self) -> str:
        """As one line for people."""
        return f"{self.file} {self.line}行目: {self.reason}"


class KnowledgeError(BotError):
    """The content cannot be used; `problems` has everything that is to be mended."""

    def __init__(self, problems: list[Problem]) -> None:
        """Takes all problems, in the order of files and lines."""
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems
