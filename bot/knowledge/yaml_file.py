"""One YAML file with the line on which each of its parts stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

if TYPE_CHECKING:
    from pathlib import Path


class UnreadableFileError(Exception):
    """The file is no YAML; `reason` is for people, `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        """Takes the place and the reason."""
        super().__init__(reason)
        self.line = line
        self.reason = reason


@dataclass(frozen=True)
class YamlFile:
    """A file's content, and where each part of it stands."""

    content: Any

    def line(self, path: tuple[int | str, ...]) -> int:
        """The line (from 1) of the part at `path`, or of the nearest part around it."""
        line, here = 1, self.content
        for step in path:
            if isinstance(here, CommentedMap) and step in here:
                line = here.lc.key(step)[0] + 1
            elif isinstance(here, CommentedSeq) and isinstance(step, int) and step < len(here):
                line = here.lc.item(step)[0] + 1
            else:
                break
            here = here[step]
        return line


def read_yaml(file: Path) -> YamlFile:
    """Reads a file.

    Raises:
        UnreadableFileError: if it is not valid UTF-8 or not valid YAML.
    """
    try:
        return YamlFile(YAML(typ="rt", pure=True).load(file.read_text(encoding="utf-8-sig")))
    except UnicodeDecodeError as error:
        raise UnreadableFileError(1, "文字コードがUTF-8ではありません") from error
    except DuplicateKeyError as error:
        raise UnreadableFileError(_line(error), "同じ項目が二度書かれています") from error
    except YAMLError as error:
        reason = "YAMLとして読めません。字下げ、「:」の後の空白、引用符を確かめてください"
        raise UnreadableFileError(_line(error), reason) from error


def _line(error: YAMLError) -> int:
    mark = error.problem_mark if isinstance(error, MarkedYAMLError) else None
    return mark.line + 1 if mark else 1
