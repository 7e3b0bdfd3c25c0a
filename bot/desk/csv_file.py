"""CSV files that Excel opens as they are: UTF-8 with a mark, and nothing that it calculates."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from sanic import raw

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sanic import HTTPResponse

_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_file(name: str, rows: Iterable[Sequence[str | int | float]]) -> HTTPResponse:
    """The rows as a file to be saved under a name of ASCII characters."""
    written = io.StringIO(_MARK)
    written.seek(len(_MARK))
    writer = csv.writer(written)
    for row in rows:
        writer.writerow([_harmless(cell) for cell in row])
    return raw(
        written.getvalue().encode(),
        content_type="text/csv; charset=utf-8",
        headers={"content-disposition": f'attachment; filename="{name}.csv"'},
    )


def _harmless(cell: str | float) -> str | float:
    """A text that a spreadsheet would take for a formula gets a mark that keeps it text."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
