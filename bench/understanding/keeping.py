"""Where figures are kept, for the page and its pictures."""

from __future__ import annotations

import json
from typing import Any

from bench.understanding.sets import ROOT

KEPT = ROOT / "docs/understanding"


def keep(name: str, content: dict[str, Any]) -> None:
    """Writes what was measured."""
    KEPT.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (KEPT / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def kept(name: str) -> dict[str, Any] | None:
    """What was measured; None if it never was."""
    file = KEPT / f"{name}.json"
    found: dict[str, Any] | None = json.loads(file.read_text("utf-8")) if file.exists() else None
    return found
