"""HTML templates: everything escaped, and a forgotten variable is an error."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined

if TYPE_CHECKING:
    from pathlib import Path


def templates(folder: Path) -> Environment:
    """The templates of a folder."""
    return Environment(loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined)
