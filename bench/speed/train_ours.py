"""`python -m bench.speed.train_ours FOLDER`: trains our model, by the engine's Python."""

from __future__ import annotations

import sys
from pathlib import Path

from engine.model import ROOT, train

if __name__ == "__main__":
    train(ROOT, Path(sys.argv[1]).resolve() / "model.tar.gz")
