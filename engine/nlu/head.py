"""A classifier over character n-grams, with calibrated confidences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import FeatureUnion, Pipeline
from sklearn.svm import LinearSVC

if TYPE_CHECKING:
    from collections.abc import Sequence

Writing = dict[str, str]
"""{"text", "reading"}: a normalised text and its katakana reading."""


def _text(writing: Writing) -> str:
    return writing["text"]


def _reading(writing: Writing) -> str:
    return writing["reading"]


class Head:
    """Tells a writing's label, with how sure it is of each.

    A linear support vector machine on all data; its distances become confidences through a
    sigmoid a label, fitted on held-back parts of the data.
    """

    def __init__(self, penalty: float = 1.0, folds: int = 4) -> None:
        """Takes C of the support vector machine and the number of held-back parts."""
        self._folds = folds
        classifier = LinearSVC(C=penalty)
        self._pipeline = Pipeline(
            [
                (
                    "grams",
                    FeatureUnion(
                        [("text", _grams(_text, (1, 4))), ("reading", _grams(_reading, (2, 4)))]
                    ),
                ),
                ("label", CalibratedClassifierCV(classifier, cv=folds, ensemble=False)),
            ]
        )

    def fit(self, writings: Sequence[Writing], labels: Sequence[str]) -> Head:
        """Learns the labels; each one needs as many examples as there are held-back parts."""
        self._pipeline.fit(writings, np.array(labels))
        return self

    def rank(self, writing: Writing) -> list[tuple[str, float]]:
        """All labels with their confidences (0–1, together 1), surest first."""
        confidences = self._pipeline.predict_proba([writing])[0]
        order = np.argsort(-confidences, kind="stable")
        return [(str(self._pipeline.classes_[at]), float(confidences[at])) for at in order]


def _grams(field: object, lengths: tuple[int, int]) -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="char",
        preprocessor=field,
        ngram_range=lengths,
        sublinear_tf=True,
        dtype=np.float32,
    )
