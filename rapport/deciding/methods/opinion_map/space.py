"""The plane of opinions: two principal components of the votes, found by Lanczos on the sparse centred matrix.

What somebody has not seen is imputed with the statement's mean, so it is 0 after centring and need not be stored. Few
votes draw a point to the middle; Polis scales it by √(statements / votes) to make up for that, and so do we.
"""

from dataclasses import dataclass

import numpy as np
from scipy.sparse.linalg import LinearOperator, eigsh

from .votes import Floats, Ints, Votes

_DENSE = 64  # so few statements are solved at once: Lanczos wants more columns than components
_AXES = 2


@dataclass(frozen=True)
class Space:
    """One opinion space: `mean` (statements,), `axes` (2, statements) of length 1, `shares` (2,) of the variance."""

    mean: Floats
    axes: Floats
    shares: Floats
    width: int  # how many statements count
    seen_by_all: int  # how many of them count as seen by everybody: those moderated out, where Polis is followed

    def place(self, votes: Votes) -> Floats:
        """Where each participant stands: (participants, 2)."""
        points: Floats = votes.centred(self.mean) @ self.axes.T
        return points * self._scale(votes.counts)[:, None]

    def place_one(self, columns: Ints, votes: Floats) -> Floats:
        """Where somebody with these votes on these statements stands: (2,)."""
        point: Floats = self.axes[:, columns] @ (votes - self.mean[columns])
        return point * float(self._scale(np.array([len(columns)]))[0])

    def extremity(self) -> Floats:
        """How far from the middle somebody would stand who had only agreed with one statement: (statements,)."""
        far: Floats = np.hypot(*(self.axes * (1 - self.mean))) * np.sqrt(self.width)
        return far

    def _scale(self, counts: Ints) -> Floats:
        scale: Floats = np.sqrt(self.width / np.maximum(1, counts + self.seen_by_all))
        return scale


def find_space(votes: Votes, width: int | None = None, seen_by_all: int = 0) -> Space:
    """The two directions in which votes differ most. Each axis points to where most is agreed with."""
    mean = _means(votes)
    strengths, axes = strongest(votes, mean, _AXES)
    axes *= np.where(axes.sum(axis=1, keepdims=True) < 0, -1.0, 1.0)
    whole = float(((votes.vote - mean[votes.column]) ** 2).sum())
    return Space(mean, axes, strengths / whole if whole else np.zeros(_AXES), width or len(mean), seen_by_all)


def strongest(votes: Votes, mean: Floats, count: int, tolerance: float = 0.0) -> tuple[Floats, Floats]:
    """The `count` largest eigenvalues of X'X (summed squares along the axis) and their axes; zeros where none is."""
    table, width = votes.centred(mean), len(votes.statements)
    values, axes = np.zeros(count), np.zeros((count, width))
    if not table.count_nonzero():
        return values, axes
    if width <= _DENSE:
        found, vectors = np.linalg.eigh((table.T @ table).toarray())
    else:
        turned = table.T.tocsr()
        gram = LinearOperator((width, width), matvec=lambda one: turned @ (table @ one), dtype=np.float64)
        first = np.random.default_rng(0).standard_normal(width)  # one and the same beginning: one and the same map
        found, vectors = eigsh(gram, k=count, v0=first, tol=tolerance)
    best = np.argsort(-found)[:count]
    values[: len(best)], axes[: len(best)] = np.maximum(found[best], 0), vectors[:, best].T
    return values, axes


def _means(votes: Votes) -> Floats:
    width = len(votes.statements)
    seen = np.bincount(votes.column, minlength=width)
    means: Floats = np.bincount(votes.column, weights=votes.vote, minlength=width) / np.maximum(1, seen)
    return means
