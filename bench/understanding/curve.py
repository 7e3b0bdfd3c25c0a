"""`python -m bench.understanding.curve`: how much more training data would still help.

The heads for topic and facet alone, trained on parts of `data/nlu` and judged on the single
questions of the development sets. Names are no signal here, so the bot itself does better.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from sklearn.model_selection import train_test_split

from bench.understanding.keeping import keep
from bench.understanding.sets import FACTUAL, ROOT, read_sets
from engine.evaluate import prepared
from engine.nlu.classifiers import ASK, FacetClassifier, TopicClassifier
from engine.nlu.examples import KnowledgeExamples
from engine.nlu.head import Head

if TYPE_CHECKING:
    from engine.nlu.classifiers import LabelClassifier

PARTS = (0.125, 0.25, 0.5, 1.0)
_DRAWS = 3
"""A part is drawn so often, because which lines it happens to hold matters."""
_KNOWLEDGE = ROOT / "data/knowledge"
_HEADS: dict[str, type[LabelClassifier]] = {"topic": TopicClassifier, "facet": FacetClassifier}
Asked = list[tuple[Message, tuple[str, ...]]]
"""Questions and the labels that are right for them."""


def main() -> None:
    """Prints the curve and keeps it."""
    examples = load_data(str(ROOT / "data/nlu"))
    whole = TrainingData(_learnt(examples, 1.0, 0))
    asked = {name: _asked(name, whole) for name in _HEADS}
    curve = []
    for part in PARTS:
        shares: dict[str, list[float]] = {name: [] for name in _HEADS}
        for draw in range(_DRAWS if part < 1 else 1):
            learnt = _learnt(examples, part, draw)
            for name, head in _HEADS.items():
                shares[name].append(_share_right(head, learnt, asked[name]))
        point = {name: float(np.mean(share)) for name, share in shares.items()}
        curve.append({"part": part, "lines": int(len(examples.nlu_examples) * part), **point})
        print(curve[-1], flush=True)  # noqa: T201
    keep("curve", {"curve": curve, "asked": {name: len(some) for name, some in asked.items()}})


def _asked(name: str, learnt: TrainingData) -> Asked:
    """The single questions, prepared as in serving, with what is right."""
    turns = [case.turns[0] for case in read_sets() if case.kind == "single"]
    right = {
        turn.text: turn.initiatives if name == "topic" else turn.facets
        for turn in turns
        if turn.outcomes[0] in FACTUAL
    }
    messages = prepared(
        TrainingData([Message.build(text, intent=ASK) for text in right]), _KNOWLEDGE, learnt
    )
    return [(one, right[one.get("text")]) for one in messages if right[one.get("text")]]


def _learnt(examples: TrainingData, part: float, draw: int) -> list[Message]:
    """The part, with as much of each intent as in the whole, and the knowledge."""
    lines = examples.nlu_examples
    if part < 1:
        intents = [line.get("intent") for line in lines]
        lines, _ = train_test_split(lines, train_size=part, stratify=intents, random_state=draw)
    fresh = [Message(dict(line.data)) for line in lines]
    whole = KnowledgeExamples(_KNOWLEDGE).process_training_data(TrainingData(fresh))
    return prepared(whole, _KNOWLEDGE)


def _share_right(kind: type[LabelClassifier], learnt: list[Message], asked: Asked) -> float:
    head = Head().fit(*kind.rows(learnt))
    said = [head.rank(kind.grams(message))[0][0] for message, _ in asked]
    return float(np.mean([one in right for one, (_, right) in zip(said, asked, strict=True)]))


if __name__ == "__main__":
    main()
