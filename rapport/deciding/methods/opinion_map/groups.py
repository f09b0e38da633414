"""Groups of people who stand near each other: k-means (Lloyd 1982) on at most 100 weighted base clusters.

One start of k-means is not enough: from chance alone it can miss groups that are plain to see. Base clusters make forty
starts free, and the silhouette (Rousseeuw 1987) over them chooses how many groups there are.

Limit: k-means always finds groups; whether they mean anything is for doubt.py to say.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import KDTree
from scipy.spatial.distance import cdist

from .votes import Floats, Ints

_BASES = 100
_BASED_ON = 10_000  # points on which the base clusters are found; the others join the nearest
_BASE_ROUNDS = 10
_STARTS = 40
_ROUNDS = 100
_MOST_GROUPS = 5  # as Polis
_BASES_A_GROUP = 12  # as Polis
_AS_GOOD = 0.95


@dataclass(frozen=True)
class Grouping:
    group_of: Ints  # (points,), the largest group is 0
    centres: Floats  # (groups, 2)
    silhouette: float  # -1 to 1, over the base clusters


@dataclass(frozen=True)
class Bases:
    centres: Floats  # (bases, 2)
    weights: Floats  # (bases,) how many points
    base_of: Ints  # (points,)


def find_groups(points: Floats, fewest: int = 1, k: int | None = None, seed: int = 0) -> list[Grouping]:
    """Groupings of `points` (n, 2) into 2 to 5 groups, or into k, the clearest first; none where people are too few.

    Of two about as clear, the one with fewer groups comes first: it is easier to read.

    A group of less than `fewest` people is dissolved and its people join the next.
    """
    bases = find_bases(points, seed)
    most = min(_MOST_GROUPS, 2 + len(bases.centres) // _BASES_A_GROUP)
    found: dict[int, Grouping] = {}
    for number in [k] if k else range(2, most + 1):
        if (grouping := _grouped(bases, number, fewest, seed)) is not None:
            found.setdefault(len(grouping.centres), grouping)
    best = max((grouping.silhouette for grouping in found.values()), default=0.0)
    return sorted(found.values(), key=lambda one: (one.silhouette < _AS_GOOD * best, len(one.centres)))


def find_bases(points: Floats, seed: int = 0, most: int = _BASES) -> Bases:
    """Points drawn together to at most `most` weighted ones; each is its own while they are few."""
    if len(points) <= most:
        return Bases(points, np.ones(len(points)), np.arange(len(points)))
    chance = np.random.default_rng(seed)
    sample = points if len(points) <= _BASED_ON else points[chance.choice(len(points), _BASED_ON, replace=False)]
    centres = sample[chance.choice(len(sample), most, replace=False)]
    for _ in range(_BASE_ROUNDS):
        centres, _weights = _centres(sample, KDTree(centres).query(sample)[1])
    base_of = KDTree(centres).query(points)[1]
    _used, base_of = np.unique(base_of, return_inverse=True)
    centres, weights = _centres(points, base_of)
    return Bases(centres, weights, base_of)


def _centres(points: Floats, group_of: Ints) -> tuple[Floats, Floats]:
    """Middle and size of each group; an empty one is left out."""
    sizes = np.bincount(group_of)
    sums = np.stack([np.bincount(group_of, weights=axis) for axis in points.T], axis=1)
    return sums[sizes > 0] / sizes[sizes > 0, None], sizes[sizes > 0].astype(np.float64)


def _grouped(bases: Bases, k: int, fewest: int, seed: int) -> Grouping | None:
    if len(np.unique(bases.centres, axis=0)) < k:
        return None
    centres = means(bases.centres, bases.weights, k, seed)
    group_of_base, centres = _large_enough(bases, centres, fewest)
    if len(centres) < 2:
        return None
    apart = silhouette(bases.centres, bases.weights, group_of_base)
    return Grouping(group_of_base[bases.base_of], centres, apart)


def _large_enough(bases: Bases, centres: Floats, fewest: int) -> tuple[Ints, Floats]:
    """Dissolve the smallest group until each is large enough; number them from the largest."""
    while True:
        group_of = np.argmin(cdist(bases.centres, centres), axis=1)
        sizes = np.bincount(group_of, weights=bases.weights, minlength=len(centres))
        if len(centres) == 1 or sizes.min() >= fewest:
            order = np.argsort(-sizes, kind="stable")
            return np.argsort(order)[group_of], centres[order]
        centres = np.delete(centres, sizes.argmin(), axis=0)


def means(points: Floats, weights: Floats, k: int, seed: int = 0, starts: int = _STARTS) -> Floats:
    """The best of `starts` weighted k-means, all taken at once: centres (k, 2)."""
    centres = _first_centres(points, weights, k, starts, np.random.default_rng(seed))
    group_of = np.full((starts, len(points)), -1)
    for _ in range(_ROUNDS):
        apart = ((points[None, :, None, :] - centres[:, None, :, :]) ** 2).sum(axis=3)
        nearest = apart.argmin(axis=2)
        if np.array_equal(nearest, group_of):
            break
        group_of = nearest
        member = (group_of[:, :, None] == np.arange(k)) * weights[None, :, None]
        sizes = member.sum(axis=1)[:, :, None]
        moved = np.einsum("sbk,bd->skd", member, points) / np.maximum(sizes, 1e-12)
        centres = np.where(sizes > 0, moved, centres)
    cost = (apart.min(axis=2) * weights).sum(axis=1)
    best: Floats = centres[int(cost.argmin())]
    return best


def _first_centres(points: Floats, weights: Floats, k: int, starts: int, chance: np.random.Generator) -> Floats:
    """Far from each other, by chance (k-means++, Arthur and Vassilvitskii 2007), for all starts at once."""
    centres = np.empty((starts, k, points.shape[1]))
    odds = np.tile(weights, (starts, 1))
    nearest = np.full((starts, len(points)), np.inf)
    for number in range(k):
        reach = np.cumsum(odds, axis=1)
        drawn = (reach < chance.random((starts, 1)) * reach[:, -1:]).sum(axis=1)
        centres[:, number] = points[np.minimum(drawn, len(points) - 1)]
        apart = ((points[None] - centres[:, number, None, :]) ** 2).sum(axis=2)
        nearest = np.minimum(nearest, apart)
        odds = nearest * weights
    return centres


def silhouette(points: Floats, weights: Floats, group_of: Ints) -> float:
    """How much nearer people are to their own group than to the next: the weighted mean over the points, -1 to 1."""
    member = np.equal.outer(np.arange(int(group_of.max()) + 1), group_of) * weights
    sizes = member.sum(axis=1)
    summed = cdist(points, points) @ member.T
    mine = np.arange(len(points)), group_of
    own = summed[mine] / np.maximum(1, sizes[group_of] - 1)
    other = summed / sizes
    other[mine] = np.inf
    nearest = other.min(axis=1)
    larger = np.maximum(own, nearest)
    score = np.where((larger > 0) & (sizes[group_of] > 1), (nearest - own) / np.where(larger > 0, larger, 1), 0.0)
    return float((score * weights).sum() / weights.sum())


def agreement(one: Ints, other: Ints) -> float:
    """The adjusted Rand index of two groupings of the same people (Hubert and Arabie 1985): 1 the same, 0 by chance."""
    table = np.zeros((int(one.max()) + 1, int(other.max()) + 1))
    np.add.at(table, (one, other), 1)
    both, rows, columns, whole = (_pairs(x) for x in (table, table.sum(axis=1), table.sum(axis=0), table.sum()))
    expected = rows * columns / whole if whole else 0.0
    most = (rows + columns) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def _pairs(counts: NDArray[np.float64]) -> float:
    return float((counts * (counts - 1) / 2).sum())
