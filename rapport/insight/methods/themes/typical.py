"""Voices that speak for a group: near its centre, of a length that reads well, and each saying it otherwise.

Greedy choice in the manner of maximal marginal relevance (Carbonell and Goldstein 1998), a voice of each larger
language first.
"""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from .meaning import Vectors
from .words import words

_MOST = 5
_LOOKED_AT = 300
_HEARD = 0.15
_SHORT, _LONG = 30, 240
_SAME_MEANING = 0.85
_SAME_WORDS = 0.6


def typical(texts: Sequence[str], languages: Sequence[str], vectors: Vectors, centre: Vectors) -> list[int]:
    """Positions of up to five texts, the most telling first."""
    scores = (vectors @ centre) * np.array([_readable(text) for text in texts])
    ranked = [int(i) for i in np.argsort(-scores, kind="stable")]
    chosen: list[int] = []
    for language in _heard(languages):
        _add_first([i for i in ranked if languages[i] == language], texts, vectors, chosen)
    candidates = ranked[:_LOOKED_AT]
    while len(chosen) < _MOST and _add_first(candidates, texts, vectors, chosen):
        pass
    return chosen


def _heard(languages: Sequence[str]) -> list[str]:
    common = Counter(languages).most_common(_MOST)
    return [language for language, count in common if count >= _HEARD * len(languages)]


def _readable(text: str) -> float:
    """1 for a sentence or two; less for a bare word and for a long letter."""
    length = len(text)
    if length < _SHORT:
        return 0.6 + 0.4 * length / _SHORT
    return 1.0 if length <= _LONG else max(0.4, (_LONG / length) ** 0.5)


def _add_first(candidates: Sequence[int], texts: Sequence[str], vectors: Vectors, chosen: list[int]) -> bool:
    new = (i for i in candidates if not any(i == j or _alike(i, j, texts, vectors) for j in chosen))
    found = next(new, None)
    if found is None:
        return False
    chosen.append(found)
    return True


def _alike(i: int, j: int, texts: Sequence[str], vectors: Vectors) -> bool:
    if float(vectors[i] @ vectors[j]) > _SAME_MEANING:
        return True
    one, other = set(words(texts[i])), set(words(texts[j]))
    return len(one & other) > _SAME_WORDS * len(one | other)
