"""A classifier over character n-grams, with calibrated confidences."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypedDict

import numpy as np
from scipy.optimize import minimize_scalar
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from scipy.sparse import csr_matrix


class Writing(TypedDict):
    """A message as the heads see it."""

    text: str
    """Normalised."""
    reading: str
    """In katakana."""
    words: tuple[str, ...]
    """Without their inflection."""
    senses: tuple[str, ...]
    """What the words and others of nearly their meaning stand for (engine.nlu.senses)."""


_HELD_BACK = 0.25
_SHARPEST = 30.0
_END = 20
"""Characters."""


class Head:
    """Tells a writing's label, with how sure it is of each.

    A linear support vector machine, whose distances become confidences through softmax. How
    sharp that is, one number, is fitted on held-back parts of the data, so that of the answers
    given with 0.8 about eight in ten are right. (A sigmoid a label, scikit-learn's own way, was
    too timid by 5 to 9 points.)
    """

    def __init__(self, seen: int = 3) -> None:
        """Knows nothing yet.

        Args:
            seen: So many training lines must have a gram. With 2 nothing was told better where
                all labels have many lines, and all was larger.
        """
        self._grams = TfidfVectorizer(
            analyzer=_grams, min_df=seen, sublinear_tf=True, dtype=np.float32
        )
        # Balanced, so that the many questions do not crowd out what is rarely said.
        self._classifier = LinearSVC(class_weight="balanced")
        self._sharpness = 1.0

    def fit(self, writings: Sequence[Writing], labels: Sequence[str]) -> Head:
        """Learns the labels, and from those with enough examples how sure to be."""
        weights, right = self._grams.fit_transform(writings), np.array(labels)
        self._sharpness = _fit_sharpness(self._classifier, weights, right)
        self._classifier.fit(weights, right)
        # Half the size, the same answers.
        self._classifier.coef_ = self._classifier.coef_.astype(np.float32)
        return self

    def rank(self, writing: Writing) -> list[tuple[str, float]]:
        """All labels with their confidences (0 to 1, together 1), surest first."""
        distances = _one_a_label(
            self._classifier.decision_function(self._grams.transform([writing]))
        )
        confidences = np.exp(_log_softmax(distances * self._sharpness))[0]
        order = np.argsort(-confidences, kind="stable")
        return [(str(self._classifier.classes_[at]), float(confidences[at])) for at in order]


def _fit_sharpness(classifier: LinearSVC, weights: csr_matrix, labels: NDArray[np.str_]) -> float:
    """The sharpness with which a held-back part of the examples surprises least."""
    known, counts = np.unique(labels, return_counts=True)
    rows = np.flatnonzero(np.isin(labels, known[counts > 1 / _HELD_BACK]))
    learnt, held_back = train_test_split(
        rows, test_size=_HELD_BACK, stratify=labels[rows], random_state=0
    )
    classifier.fit(weights[learnt], labels[learnt])
    distances = _one_a_label(classifier.decision_function(weights[held_back]))
    right = np.searchsorted(classifier.classes_, labels[held_back])

    def surprise(sharpness: float) -> float:
        sure = _log_softmax(distances * sharpness)
        return float(-sure[np.arange(len(right)), right].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, _SHARPEST), method="bounded").x)


def _one_a_label(distances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Distances with one column a label; of two labels scikit-learn gives the second's alone."""
    return np.column_stack([-distances, distances]) if distances.ndim == 1 else distances


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))


def _grams(writing: Writing) -> list[str]:
    """Stretches of text, reading and words, and the senses; each kind marked as what it is.

    What stands at the end counts twice: however long the story, the question mostly comes last.
    """
    text, words = writing["text"], writing["words"]
    kinds = {
        "": _stretches(text, (1, 2, 3)),
        "$": _stretches(text[-_END:], (1, 2, 3)),
        "~": _stretches(writing["reading"], (2, 3)),
        "w ": words,
        "p ": map(" ".join, pairwise(words)),
        "g ": map(" … ".join, zip(words, words[2:])),  # noqa: B905 - the second is shorter
        "s ": writing["senses"],
    }
    return [mark + gram for mark, grams in kinds.items() for gram in grams]


def _stretches(text: str, lengths: tuple[int, ...]) -> list[str]:
    return [text[at : at + length] for length in lengths for at in range(len(text) - length + 1)]
