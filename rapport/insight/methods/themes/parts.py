"""Sub-themes: the parts of one theme, where it has clear ones.

The same grouping as for themes (grouping.py) on the theme's own voices. A theme has parts only if they lie apart about
as clearly as themes do; a few hundred voices that all say one thing are left whole.

Limits: one level; whoever wants more looks for parts in a part.
"""

import numpy as np
from numpy.typing import NDArray

from .grouping import group, sample
from .meaning import Vectors

_FEWEST_VOICES = 40
_MOST_LOOKED_AT = 2_000
_MOST_PARTS = 5
_CLEAR = 0.06
_SMALLEST = 0.05  # share of the theme


def parts_of(vectors: Vectors, seed: int = 0) -> NDArray[np.intp] | None:
    """The part of each voice, the largest first; None where the theme is one thing."""
    if len(vectors) < _FEWEST_VOICES:
        return None
    chosen = sample(len(vectors), _MOST_LOOKED_AT, seed)
    found = group(vectors[chosen], None, seed, most=_MOST_PARTS)
    if found.clearness < _CLEAR:
        return None
    sums = np.zeros((int(found.group_of.max()) + 1, vectors.shape[1]), dtype=np.float32)
    np.add.at(sums, found.group_of, vectors[chosen])
    centres = sums / np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    return _large_enough(vectors, centres)


def _large_enough(vectors: Vectors, centres: Vectors) -> NDArray[np.intp] | None:
    """Whoever is in too small a part joins the next nearest."""
    near = vectors @ centres.T
    kept = np.flatnonzero(np.bincount(near.argmax(axis=1), minlength=len(centres)) >= _SMALLEST * len(vectors))
    if len(kept) < 2:
        return None
    part_of = near[:, kept].argmax(axis=1)
    rank = np.empty(len(kept), dtype=np.intp)
    rank[np.argsort(-np.bincount(part_of, minlength=len(kept)), kind="stable")] = np.arange(len(kept))
    ranked: NDArray[np.intp] = rank[part_of]
    return ranked
