"""Keeps what a bench measured, with when and on what machine."""

from __future__ import annotations

import json
import os
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


def keep(file: Path, found: dict[str, Any]) -> None:
    """Writes the figures as JSON, and prints them."""
    machine = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "cores": os.cpu_count()}
    machine["load_1_min"] = round(os.getloadavg()[0], 1)
    text = json.dumps({**machine, **found}, ensure_ascii=False, indent=2)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text + "\n", encoding="utf-8")
    sys.stdout.write(text + "\n")
