"""A linear classifier over counted grams, with calibrated confidences."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import TfidfTransformer
from sklearn.model_selection import train_test_split
from sklearn.svm import LinearSVC

from engine.aside import aside

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from engine.nlu.grams import Grams

_HELD_BACK = 0.25
_SHARPEST = 30.0
_ARRAYS = "head.npz"
_WORDS = "head.json"


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
        self._seen = seen
        self._known = np.empty(0, np.uint64)
        self._rarity = np.empty(0, np.float32)
        """A gram's inverse document frequency."""
        self._weights = np.empty((0, 0), np.float32)
        """Of shape (grams, labels)."""
        self._bias = np.empty(0)
        self._labels: list[str] = []
        self._sharpness = 1.0

    @classmethod
    def read(cls, folder: Path) -> Head:
        """The head that `write` wrote."""
        head = cls()
        with np.load(folder / _ARRAYS) as arrays:
            head._known, head._rarity = arrays["known"], arrays["rarity"]
            head._weights, head._bias = arrays["weights"], arrays["bias"]
        kept = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        head._labels, head._sharpness = kept["labels"], kept["sharpness"]
        return head

    def write(self, folder: Path) -> None:
        """Keeps the head in a folder."""
        arrays = {"known": self._known, "rarity": self._rarity}
        np.savez(folder / _ARRAYS, **arrays, weights=self._weights, bias=self._bias)
        kept = {"labels": self._labels, "sharpness": self._sharpness}
        (folder / _WORDS).write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")

    def fit(self, lines: Sequence[Grams], labels: Sequence[str]) -> Head:
        """Learns the labels, and from those with enough examples how sure to be."""
        features, right = self._features(lines), np.array(labels)
        with aside(lambda: _fit_sharpness(features, right)) as sharpness:
            classifier = _classifier().fit(features, right)
            weights, bias = _one_a_label(classifier.coef_.T, classifier.intercept_)
            # Half the size, the same answers.
            self._weights, self._bias = np.ascontiguousarray(weights, np.float32), bias
            self._labels = [str(label) for label in classifier.classes_]
        self._sharpness = sharpness.value
        return self

    def rank(self, grams: Grams) -> list[tuple[str, float]]:
        """All labels with their confidences (0 to 1, together 1), surest first."""
        places, counts = _places(self._known, grams)
        values = (np.log(counts) + np.float32(1)) * self._rarity[places]
        length = np.sqrt(values @ values) or np.float32(1)
        distances = (values / length) @ self._weights[places] + self._bias
        confidences = np.exp(_log_softmax(distances[None] * self._sharpness))[0]
        order = np.argsort(-confidences, kind="stable")
        return [(self._labels[at], float(confidences[at])) for at in order]

    def _features(self, lines: Sequence[Grams]) -> csr_matrix:
        """The lines as TF-IDF over the grams seen often enough, of shape (lines, grams)."""
        known, seen = np.unique(np.concatenate([line.ids for line in lines]), return_counts=True)
        self._known = known[seen >= self._seen]
        places, counts = zip(*(_places(self._known, line) for line in lines), strict=True)
        ends = np.cumsum([0, *map(len, places)])
        shape = (len(lines), len(self._known))
        counted = csr_matrix((np.concatenate(counts), np.concatenate(places), ends), shape)
        tf_idf = TfidfTransformer(sublinear_tf=True)
        features = tf_idf.fit_transform(counted)
        self._rarity = tf_idf.idf_.astype(np.float32)
        return features


def _places(
    known: NDArray[np.uint64], grams: Grams
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Where in the table those of the grams are that it has, and how often each occurs."""
    places = np.searchsorted(known, grams.ids)
    # A gram above all of the table has its place behind it, where nothing is.
    here = np.take(known, places, mode="clip") == grams.ids if len(known) else places < 0
    return places[here], grams.counts[here]


def _classifier() -> LinearSVC:
    # Balanced, so that the many questions do not crowd out what is rarely said. It visits the
    # lines in an order of chance; always the same one, so that the same data make the same model.
    # A looser end of the search than usual saves two fifths of the time; of 8,223 texts three
    # were told otherwise, and none of those was answered otherwise.
    return LinearSVC(class_weight="balanced", random_state=0, tol=5e-2)


def _fit_sharpness(features: csr_matrix, labels: NDArray[np.str_]) -> float:
    """The sharpness with which a held-back part of the examples surprises least."""
    known, counts = np.unique(labels, return_counts=True)
    rows = np.flatnonzero(np.isin(labels, known[counts > 1 / _HELD_BACK]))
    learnt, held_back = train_test_split(
        rows, test_size=_HELD_BACK, stratify=labels[rows], random_state=0
    )
    classifier = _classifier().fit(features[learnt], labels[learnt])
    weights, bias = _one_a_label(classifier.coef_.T, classifier.intercept_)
    distances = features[held_back] @ weights + bias
    right = np.searchsorted(classifier.classes_, labels[held_back])

    def surprise(sharpness: float) -> float:
        sure = _log_softmax(distances * sharpness)
        return float(-sure[np.arange(len(right)), right].mean())

    return float(minimize_scalar(surprise, bounds=(0.1, _SHARPEST), method="bounded").x)


def _one_a_label(
    weights: NDArray[np.float64], bias: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Weights and bias with one column a label; of two labels there is only the second's."""
    if len(bias) > 1:
        return weights, bias
    return np.hstack([-weights, weights]), np.concatenate([-bias, bias])


def _log_softmax(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    scores = scores - scores.max(axis=1, keepdims=True)
    return scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
