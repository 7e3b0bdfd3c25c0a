"""`python -m engine.evaluate [FILE]`: how well intent, topic and facet are told.

By cross-validation: each line of `data/nlu` is judged by a classifier that has not learnt from it;
what the knowledge gives is learnt from each time and not judged. Into the file go the figures and
the points of a reliability plot.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.nlu.training_data.loading import load_data
from sklearn.model_selection import StratifiedKFold

from engine.model import ROOT
from engine.nlu.classifiers import CitizenIntentClassifier, FacetClassifier, TopicClassifier
from engine.nlu.examples import KnowledgeExamples
from engine.nlu.featurizer import GramFeaturizer
from engine.nlu.head import Head
from engine.nlu.mentions import MentionExtractor
from engine.nlu.names import Names
from engine.nlu.senses import WordSenses
from engine.nlu.tokenizer import GinzaTokenizer

if TYPE_CHECKING:
    from rasa.shared.nlu.training_data.message import Message
    from rasa.shared.nlu.training_data.training_data import TrainingData

    from engine.nlu.grams import Grams
    from engine.nlu.label_classifier import LabelClassifier

_FOLDS = 5
_BINS = 10
_CLASSIFIERS = {
    "intent": CitizenIntentClassifier,
    "topic": TopicClassifier,
    "facet": FacetClassifier,
}


def main() -> None:
    """Prints the table, and writes the file if one is named."""
    knowledge = ROOT / "data/knowledge"
    written = load_data(str(ROOT / "data/nlu"))
    messages = prepared(KnowledgeExamples(knowledge).process_training_data(written), knowledge)
    judged = {(message.get("text"), message.get("intent")) for message in written.nlu_examples}
    print(f"{'':8}{'lines':>7}{'right':>8}{'in two':>8}{'labels':>8}{'calibration':>13}")  # noqa: T201
    found = {}
    for name, classifier in _CLASSIFIERS.items():
        row, found[name] = _row(classifier, messages, judged)
        print(f"{name:8}{row}", flush=True)  # noqa: T201
    for file in sys.argv[1:]:
        Path(file).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def prepared(
    data: TrainingData, knowledge: Path, learnt: TrainingData | None = None
) -> list[Message]:
    """The examples with tokens, mentions, senses and grams, as in training and serving.

    Args:
        data: The examples.
        knowledge: The folder with the initiatives.
        learnt: The training data whose words give the senses, if that is other data.
    """
    data = GinzaTokenizer(GinzaTokenizer.get_default_config()).process_training_data(data)
    with tempfile.TemporaryDirectory() as folder:
        storage = LocalModelStorage.create(Path(folder))
        mentions = MentionExtractor(
            {"knowledge": str(knowledge)}, storage, Resource("mentions"), Names([])
        )
        mentions.train(data)
        senses = WordSenses(storage, Resource("senses"), None)
        senses.train(learnt or data)
    data = senses.process_training_data(mentions.process_training_data(data))
    return GramFeaturizer().process_training_data(data).nlu_examples


def _row(
    classifier: type[LabelClassifier], messages: list[Message], judged: set[tuple[str, str]]
) -> tuple[str, dict[str, Any]]:
    """Share right, share with the right label among two, mean share a label, calibration error."""
    labelled = [message for message in messages if classifier.label(message) is not None]
    lines, labels = classifier.rows(labelled)
    counted = np.array([(m.get("text"), m.get("intent")) in judged for m in labelled])
    ranks, sure = _judge(lines, labels, classifier.seen)
    right, within = (ranks == 0)[counted], (ranks <= 1)[counted]
    truth = np.array(labels)[counted]
    each = np.mean([right[truth == label].mean() for label in np.unique(truth)])
    bins = _bins(sure[counted], right)
    error = sum(one["lines"] * abs(one["sure"] - one["right"]) for one in bins) / len(right)
    row = f"{len(right):7}{right.mean():8.1%}{within.mean():8.1%}{each:8.1%}{error:13.3f}"
    figures = {"lines": len(right), "right": float(right.mean()), "error": error, "bins": bins}
    return row, {**figures, "in_two": float(within.mean()), "labels": float(each)}


def _judge(
    lines: list[Grams], labels: list[str], seen: int
) -> tuple[np.ndarray[int, np.dtype[np.int64]], np.ndarray[int, np.dtype[np.float64]]]:
    """For each line the place of the right label in the ranking, and how sure the first was."""
    ranks, sure = np.zeros(len(labels), dtype=int), np.zeros(len(labels))
    parts = StratifiedKFold(_FOLDS, shuffle=True, random_state=0)
    for learnt, held_back in parts.split(lines, labels):
        head = Head(seen).fit([lines[at] for at in learnt], [labels[at] for at in learnt])
        for at in held_back:
            ranking = head.rank(lines[at])
            ranks[at] = [label for label, _ in ranking].index(labels[at])
            sure[at] = ranking[0][1]
    return ranks, sure


def _bins(
    sure: np.ndarray[int, np.dtype[np.float64]], right: np.ndarray[int, np.dtype[np.bool_]]
) -> list[dict[str, float]]:
    """Ten bins of confidence: how many lines, how sure on average, which share of them right."""
    bins = np.minimum((sure * _BINS).astype(int), _BINS - 1)
    return [
        {
            "lines": int((bins == at).sum()),
            "sure": float(sure[bins == at].mean()),
            "right": float(right[bins == at].mean()),
        }
        for at in np.unique(bins)
    ]


if __name__ == "__main__":
    main()
