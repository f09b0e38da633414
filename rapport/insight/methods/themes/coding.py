"""Assisted coding: people code some voices by hand, and the house suggests a code for each of the others.

Multinomial logistic regression on meanings (meaning.py), so weakly bound that a few examples a code are enough. What it
says of its certainty is set right on voices that it had not seen (temperature scaling: Guo et al. 2017, over five
folds), and set right again by what people answered, as soon as there are answers (Platt 1999).

Limits: it knows the codes it was shown and no others (`closeness` tells what is far from all of them), and repeats
whatever its examples got wrong. Voices that nobody coded are told apart only as well as the examples stand for them:
code a sample, not the newest.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.decomposition import PCA
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold
from threadpoolctl import threadpool_limits

from .grouping import calmed
from .meaning import Vectors

_BOUND = 5.0  # C: chosen on the comments of patients, see docs/decisions/themes.md
_FOLDS = 5
_FEWEST_TO_TEST = 25
_UNTESTED = 0.7  # of the certainty that the regression has; small samples are surer than they should be
_SHARPNESSES = np.geomspace(0.3, 3.0, 40)
_COMPONENTS = 100
_MOST_CALMED = 20_000
_FEWEST_ANSWERS = 30
Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Suggested:
    code: str
    confidence: float  # about so many of those with this confidence are right
    second: str = ""
    closeness: float = 1.0  # to the middle of the code's examples: far from all of them, it speaks of something else


@dataclass(frozen=True)
class Coder:
    """What was learnt from examples: plain numbers that can be kept."""

    codes: tuple[str, ...]
    weights: Vectors  # one row a code, the last number its start
    sharpness: float
    centres: Vectors  # one row a code, of length 1

    def suggest(self, vectors: Vectors) -> list[Suggested]:
        if not len(vectors):
            return []
        sure = _shares(_scores(self.weights, vectors), self.sharpness)
        near = vectors @ self.centres.T
        order = np.argsort(-sure, axis=1, kind="stable")[:, :2]
        return [
            Suggested(
                code=self.codes[best[0]],
                confidence=round(float(row[best[0]]), 4),
                second=self.codes[best[1]] if len(best) > 1 else "",
                closeness=round(float(close[best[0]]), 4),
            )
            for row, close, best in zip(sure, near, order, strict=True)
        ]


def learn(vectors: Vectors, codes: Sequence[str], seed: int = 0) -> Coder:
    """Raises ValueError if nothing is coded."""
    if not codes:
        raise ValueError("Nothing is coded yet")
    names = tuple(sorted(set(codes)))
    truth = np.array([names.index(code) for code in codes])
    with threadpool_limits(limits=1):
        weights, sharpness = _fitted(vectors, truth, len(names)), _sharpness(vectors, truth, len(names), seed)
        return Coder(names, weights, sharpness, _centres(vectors, truth, len(names)))


def suggest_codes(vectors: Vectors, codes: Sequence[str], seed: int = 0) -> list[Suggested]:
    """For each voice a suggestion; `codes` is "" where nobody has coded it. All are read together, which helps.

    What is far from all examples is drawn towards its neighbours first, as in grouping.py.
    """
    coded = [i for i, code in enumerate(codes) if code]
    space = _together(vectors, seed) if _FEWEST_TO_TEST < len(vectors) <= _MOST_CALMED else vectors
    return learn(space[coded], [codes[i] for i in coded], seed).suggest(space)


def _together(vectors: Vectors, seed: int) -> Vectors:
    with threadpool_limits(limits=1):
        size = min(_COMPONENTS, len(vectors) - 1, vectors.shape[1])
        return calmed(PCA(size, random_state=seed).fit_transform(vectors), rounds=1)


def _fitted(vectors: Vectors, truth: NDArray[np.intp], count: int) -> Vectors:
    """One row a code; a code without an example here is as good as never."""
    weights = np.zeros((count, vectors.shape[1] + 1), dtype=np.float32)
    weights[:, -1] = -20.0
    present = np.unique(truth)
    if len(present) == 1:
        weights[present[0], -1] = 0.0
        return weights
    found = LogisticRegression(C=_BOUND, max_iter=500).fit(vectors, truth)
    slopes, starts = found.coef_, found.intercept_
    if len(present) == 2:
        slopes, starts = np.concatenate([-slopes, slopes]) / 2, np.concatenate([-starts, starts]) / 2
    weights[present, :-1], weights[present, -1] = slopes, starts
    return weights


def _centres(vectors: Vectors, truth: NDArray[np.intp], count: int) -> Vectors:
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, truth, vectors)
    centres: Vectors = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return centres


def _scores(weights: Vectors, vectors: Vectors) -> Numbers:
    return (vectors @ weights[:, :-1].T + weights[:, -1]).astype(np.float64)


def _shares(scores: Numbers, sharpness: float) -> Numbers:
    raised = np.exp(sharpness * (scores - scores.max(axis=1, keepdims=True)))
    shares: Numbers = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _sharpness(vectors: Vectors, truth: NDArray[np.intp], count: int, seed: int) -> float:
    """The one under which unseen voices are least surprising."""
    if len(truth) < _FEWEST_TO_TEST or len(np.unique(truth)) < 2:
        return _UNTESTED
    scores = np.zeros((len(truth), count))
    for shown, hidden in KFold(_FOLDS, shuffle=True, random_state=seed).split(vectors):
        scores[hidden] = _scores(_fitted(vectors[shown], truth[shown], count), vectors[hidden])
    surprise = [
        -np.log(np.maximum(_shares(scores, each)[np.arange(len(truth)), truth], 1e-4)).mean() for each in _SHARPNESSES
    ]
    return float(_SHARPNESSES[int(np.argmin(surprise))])


def corrected(confidences: Sequence[float], answered: Sequence[tuple[float, bool]]) -> list[float]:
    """The confidences, set right by what people said of earlier ones: (confidence then, whether it was right)."""
    right = sum(is_right for _confidence, is_right in answered)
    if len(answered) < _FEWEST_ANSWERS or not 0 < right < len(answered) or not confidences:
        return list(confidences)
    told = _odds([confidence for confidence, _is_right in answered])
    found = LogisticRegression(C=10.0).fit(told, [is_right for _confidence, is_right in answered])
    if found.coef_[0, 0] <= 0:  # people contradict it: then only their overall share of yes is known
        return [round(right / len(answered), 4)] * len(confidences)
    return [round(float(share), 4) for share in found.predict_proba(_odds(confidences))[:, 1]]


def _odds(confidences: Sequence[float]) -> Numbers:
    shares = np.clip(np.array(confidences, dtype=np.float64), 0.01, 0.99)
    odds: Numbers = np.log(shares / (1 - shares))[:, None]
    return odds
