"""Points that lie together: principal components, calming by neighbours, k-means (Lloyd 1982), k by silhouette.

Drawing each point half-way to the mean of its ten nearest, twice, is one step of diffusion on the neighbour graph: it
quiets what is accidental in a short text (see docs/decisions/themes.md for what that gave). At most 20,000 points
are grouped; the others join the group whose centre is nearest.

Limits: k-means finds round groups of similar size, and always finds some; the silhouette says how clear they are.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.metrics import silhouette_score
from sklearn.neighbors import NearestNeighbors
from sklearn.preprocessing import normalize
from threadpoolctl import threadpool_limits

from .meaning import Vectors

_COMPONENTS = 50
_MOST_POINTS = 20_000
_NEIGHBOURS = 10
_ROUNDS = 2
_STARTS = 10
_TRIED_ON = 2_000
_FEWEST_GROUPS = ((1_000, 8), (100, 5), (0, 2))  # from so many points on; to merge two is easier than to split one
_MOST_GROUPS = 30
_NUMBERS_TRIED: tuple[int, ...] = (*range(2, 13), 14, 16, 18, 20, 23, 26, _MOST_GROUPS)
_AS_GOOD = 0.95  # of two numbers of groups about as clear, the smaller is easier to read


@dataclass(frozen=True)
class Grouping:
    group_of: NDArray[np.intp]
    clearness: float  # mean silhouette, -1 to 1


def group(points: Vectors, k: int | None = None, seed: int = 0, most: int = _MOST_GROUPS) -> Grouping:
    """Put each point in one of k groups; without k, in as many (at most so many) as lie apart most clearly."""
    apart = len(np.unique(points, axis=0)) if len(points) <= _TRIED_ON else len(points)
    if apart < 3 or k == 1:
        return Grouping(np.zeros(len(points), dtype=np.intp), 0.0)
    # One thread sums in one order: the same voices give the same themes.
    with threadpool_limits(limits=1):
        space = PCA(min(_COMPONENTS, len(points) - 1), random_state=seed).fit_transform(points)
        chosen = sample(len(space), _MOST_POINTS, seed)
        calm = calmed(space[chosen])
        tried = sample(len(calm), _TRIED_ON, seed)
        raw = space[chosen][tried]
        k = min(k, apart) if k else _clearest(calm[tried], raw, _bounded(apart, most), seed)
        means = _means(calm, k, seed)
        group_of = means.predict(space).astype(np.intp)
        group_of[chosen] = means.labels_
        return Grouping(group_of, _clearness(raw, means.labels_[tried]))


def bounds(count: int) -> tuple[int, int]:
    """The fewest and most groups worth trying for so many points."""
    most = max(2, min(_MOST_GROUPS, round(0.9 * math.sqrt(count))))
    return min(most, next(fewest for size, fewest in _FEWEST_GROUPS if count >= size)), most


def calmed(space: Vectors, rounds: int = _ROUNDS) -> Vectors:
    """Each point drawn half-way to the mean of its ten nearest, so many times."""
    count = min(_NEIGHBOURS, len(space) // 20)
    if not count:
        return space
    directions = normalize(space)
    near = NearestNeighbors(n_neighbors=count, algorithm="brute").fit(directions).kneighbors(return_distance=False)
    for _ in range(rounds):
        space = (space + np.mean([space[column] for column in near.T], axis=0)) / 2
    return space


def _bounded(count: int, most: int) -> tuple[int, int]:
    fewest, usual = bounds(count)
    return (fewest, usual) if most >= usual else (2, most)


def _clearest(points: Vectors, raw: Vectors, between: tuple[int, int], seed: int) -> int:
    """Judged on the points as they were, since calming makes any grouping look clearer."""
    fewest, most = between
    tried = [k for k in _NUMBERS_TRIED if fewest <= k <= min(most, len(points) - 1)]
    found = {k: _clearness(raw, _means(points, k, seed, starts=3).labels_) for k in tried}
    best = max(found.values())
    good = [k for k, clearness in found.items() if clearness >= best - (1 - _AS_GOOD) * abs(best)]
    return good[0]


def _means(points: Vectors, k: int, seed: int, starts: int = _STARTS) -> KMeans:
    return KMeans(min(k, len(points)), n_init=starts, random_state=seed).fit(points)


def _clearness(points: Vectors, group_of: NDArray[np.intp]) -> float:
    groups = len(np.unique(group_of))
    return float(silhouette_score(points, group_of)) if 1 < groups < len(points) else 0.0


def sample(count: int, most: int, seed: int) -> NDArray[np.intp]:
    """Positions of at most so many, by chance, in order."""
    if count <= most:
        return np.arange(count)
    return np.sort(np.random.default_rng(seed).choice(count, most, replace=False))
