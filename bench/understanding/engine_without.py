"""`python -m bench.understanding.engine_without PART`: trains and serves without this part.

What it trains lies in `EVALUATION_FOLDER` and nowhere else.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from engine.__main__ import environment
from engine.model import RASA, ROOT
from engine.settings import read_settings

_OURS = "engine.nlu"
_INSTEAD = "bench.understanding.parts"
_MENTIONS = f"{_OURS}.mentions.MentionExtractor"
_TOKENIZER = f"{_OURS}.tokenizer.GinzaTokenizer"
_KNOWLEDGE = f"{_OURS}.examples.KnowledgeExamples"
_UNKNOWN = f"{_OURS}.vocabulary.UnknownWords"
WITHOUT: dict[str, dict[str, str]] = {
    "masking": {_MENTIONS: f"{_INSTEAD}.WithoutMasking"},
    "names": {_MENTIONS: f"{_INSTEAD}.WithoutNames"},
    "readings": {
        _TOKENIZER: f"{_INSTEAD}.WithoutReadings",
        _MENTIONS: f"{_INSTEAD}.WithoutReadingsMasked",
    },
    "senses": {f"{_OURS}.senses.WordSenses": f"{_INSTEAD}.WithoutSenses"},
    "turning down": {_MENTIONS: f"{_INSTEAD}.WithoutTurningDown"},
    "pieces": {_MENTIONS: f"{_INSTEAD}.WithoutPieces"},
    "knowledge": {_KNOWLEDGE: ""},
    "unknown words": {_UNKNOWN: ""},
}
"""For each part the components that another one stands in for, or none."""


def main(part: str) -> None:
    """Becomes `rasa run` with a model of its own."""
    folder = Path(os.environ["EVALUATION_FOLDER"])
    config = folder / "config.yml"
    config.write_text(yaml.safe_dump(changed(part), allow_unicode=True), encoding="utf-8")
    _train(config, folder)
    settings = read_settings(os.environ)
    command = [*RASA, "run", "--interface", "127.0.0.1", "--port", str(settings.port)]
    command += ["--model", str(folder / "model.tar.gz")]
    command += ["--credentials", "credentials.yml", "--endpoints", "endpoints.yml"]
    os.execve(command[0], command, environment(settings))  # noqa: S606 - our own command


def changed(part: str) -> dict[str, Any]:
    """The pipeline without a part."""
    config: dict[str, Any] = yaml.safe_load((ROOT / "config.yml").read_text(encoding="utf-8"))
    replaced = WITHOUT[part]
    missing = set(replaced) - {one["name"] for one in config["pipeline"]}
    if missing:
        raise KeyError(f"config.yml has no {missing} any more")
    named = [{**one, "name": replaced.get(one["name"], one["name"])} for one in config["pipeline"]]
    return {**config, "pipeline": [one for one in named if one["name"]]}


def _train(config: Path, folder: Path) -> None:
    command = [*RASA, "train", "--config", str(config), "--out", str(folder)]
    command += ["--fixed-model-name", "model.tar.gz", "--skip-validation", "--force"]
    data = {**os.environ, "RASA_MAX_CACHE_SIZE": "0", "RASA_TELEMETRY_ENABLED": "false"}
    subprocess.run(command, cwd=ROOT, env=data, check=True)  # noqa: S603 - our own command


if __name__ == "__main__":
    main(sys.argv[1])
