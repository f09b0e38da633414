"""Voices that belong to a theme and yet say something else than its typical ones.

Of those whose nearest centre is clearly the theme's own, the ones least like any typical voice (the far end of maximal
marginal relevance, Carbonell and Goldstein 1998), each unlike the others.

Limits: the encoder knows what a text speaks of better than whether it is for or against it. These are the voices that
a summary would leave out; whether they disagree, a reader says.
"""

from collections.abc import Sequence

import numpy as np

from .meaning import Vectors

_MOST = 3
_CLEARLY = 0.03  # nearer to its own centre than to any other by this
_SHORTEST, _LONGEST = 30, 400  # characters that somebody needs to say something else, and that a page can quote
_ALIKE = 0.7


def dissenting(texts: Sequence[str], vectors: Vectors, centres: Vectors, own: int, said: Sequence[int]) -> list[int]:
    """Positions of up to three texts of the theme `own`, the most unlike those at `said` first."""
    if len(texts) <= len(said) + _MOST or not said:
        return []
    near = vectors @ centres.T
    others = np.delete(near, own, axis=1)
    belongs = near[:, own] - others.max(axis=1) >= _CLEARLY if others.shape[1] else near[:, own] > 0
    readable = np.array([_SHORTEST <= len(text) <= _LONGEST for text in texts])
    unlike = 1 - (vectors @ vectors[list(said)].T).max(axis=1)
    chosen: list[int] = []
    for i in np.argsort(-unlike, kind="stable"):
        if belongs[i] and readable[i] and all(float(vectors[i] @ vectors[j]) < _ALIKE for j in chosen):
            chosen.append(int(i))
        if len(chosen) == _MOST:
            break
    return chosen
