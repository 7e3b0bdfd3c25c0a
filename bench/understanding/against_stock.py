"""`python -m bench.understanding.against_stock`: stock Rasa, same data, same questions.

Training it takes long; `--epochs` and `--longest` bound that. With `--folder`, a model that was
trained there is asked again.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.understanding.counting import figures, judge
from bench.understanding.keeping import keep
from bench.understanding.served import ENGINE_PYTHON
from bench.understanding.sets import ROOT, Reply, read_sets


def main() -> None:
    """Prints and keeps the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--epochs", type=int, default=100)
    parser.add_argument("--longest", type=int, default=10_000, help="characters of a training line")
    parser.add_argument("--folder", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as fresh:
        said = _said(asked.folder or Path(fresh), asked.epochs, asked.longest)
    found = figures(judge(read_sets(), said))
    keep("stock", {"epochs": asked.epochs, "longest": asked.longest, **found})
    sys.stdout.write(f"stock Rasa: {found['accuracy']}\n")


def _said(folder: Path, epochs: int, longest: int) -> list[list[list[Reply]]]:
    command = [ENGINE_PYTHON, "-W", "ignore", "-m", "bench.understanding.stock"]
    command += [str(folder), str(epochs), str(longest)]
    subprocess.run(command, cwd=ROOT, check=True)  # noqa: S603 - our own command
    said = json.loads((folder / "said.json").read_text(encoding="utf-8"))
    return [[[Reply(**reply) for reply in turn] for turn in case] for case in said]


if __name__ == "__main__":
    main()
