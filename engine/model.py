"""`python -m engine.model`: trains, unless there is a model of the current data.

A model's name carries the hash of all that it is made from, so that nothing is trained twice,
and nothing is served that does not fit. Of the knowledge that is names and descriptions: no fact
is trained on, and whoever mends one need not wait for a training. Rasa is imported by the training
process alone: to find a model takes no time.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.fingerprint import content_hash
from engine.knowledge import KnowledgeError, read_knowledge

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
MODELS = Path("models")
# Its libraries of 2021 to 2023 warn by the dozen of what will change in versions we do not use.
RASA = (sys.executable, "-W", "ignore", "-m", "engine.lean")
_TRAINING = {
    "RASA_TELEMETRY_ENABLED": "false",
    "RASA_MAX_CACHE_SIZE": "0",
    "PYTHONPATH": str(ROOT),  # the data may lie elsewhere, the code does not
}
_KEPT = 2
_NAME_LENGTH = 12
_WORKPLACE = "training-"
_DATA = ("config.yml", "domain.yml", "data/nlu", "data/rules", "data/stories")
_KNOWLEDGE = "data/knowledge"
_CODE = ("engine", "requirements/engine.txt")


class TrainingError(Exception):
    """Rasa could not train; the message ends with what it wrote."""


def model_path(root: Path = ROOT) -> Path:
    """Where the model of the current data is, or would be."""
    paths = [Path(path) for path in (*_DATA, *_CODE)]
    parts = content_hash(root, paths, (".yml", ".py")) + _spoken_of(root)
    name = hashlib.sha256(parts.encode()).hexdigest()[:_NAME_LENGTH]
    return root / MODELS / f"{name}.tar.gz"


def _spoken_of(root: Path) -> str:
    """What training takes of the knowledge; of files that it cannot read, all, for it to say so."""
    try:
        return repr(read_knowledge(root / _KNOWLEDGE))
    except KnowledgeError:
        return content_hash(root, [Path(_KNOWLEDGE)])


def ready_model(root: Path = ROOT) -> Path:
    """The model of the current data, trained if need be.

    Raises:
        TrainingError: if Rasa fails.
    """
    model = model_path(root)
    if not model.exists():
        with _alone(model.parent):
            if not model.exists():
                train(root, model)
                _remove_old(model)
    return model


@contextmanager
def _alone(models: Path) -> Iterator[None]:
    """Lets nobody else train meanwhile, and clears away what a killed training has left."""
    models.mkdir(exist_ok=True)
    with (models / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for leftover in models.glob(f"{_WORKPLACE}*"):
            shutil.rmtree(leftover, ignore_errors=True)
        yield


def train(root: Path, model: Path) -> None:
    """Trains a model of what lies under a root, whether there is one or not.

    Raises:
        TrainingError: if Rasa fails.
    """
    began = time.monotonic()
    _say("Training a model of the current data (about a minute) …")
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=_WORKPLACE) as folder:
        command = [*RASA, "train", "--fixed-model-name", model.name]
        # All parts anew and no cache: a model is trained once a state of the data, and to keep
        # and compare the parts takes longer than to train them.
        command += ["--out", folder, "--skip-validation", "--force"]
        _run(command, root, {**os.environ, **_TRAINING})
        (Path(folder) / model.name).replace(model)
    _say(f"Trained in {time.monotonic() - began:.0f} s.")


def _run(command: list[str], root: Path, environment: dict[str, str]) -> None:
    """Runs Rasa, passing on which component it trains, and all it wrote if it fails."""
    with subprocess.Popen(  # noqa: S603 - our own command
        command,
        cwd=root,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        written = []
        for line in process.stdout or ():
            written.append(line)
            if "Starting to train" in line:
                _say("  " + line.rpartition("component ")[2].strip())
    if process.returncode:
        raise TrainingError("".join(written[-40:]))


def _remove_old(newest: Path) -> None:
    """Keeps the newest models: the one before may still be served."""
    models = sorted(newest.parent.glob("*.tar.gz"), key=lambda model: model.stat().st_mtime)
    for model in models[:-_KEPT]:
        model.unlink()


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201 - progress on a terminal


if __name__ == "__main__":
    try:
        print(ready_model())  # noqa: T201 - the answer, for scripts
    except TrainingError as error:
        sys.exit(f"{error}\nTraining failed; see above.")
