"""Near-copies among many texts: MinHash (Broder 1997) over runs of four characters, in bands (Leskovec et al. 2014).

64 hashes in 16 bands of four find all but a few of the pairs that share 80 in 100 of their runs; each pair found is
then counted exactly, so nothing is folded by chance.

Limits: texts under 20 characters fold only when they are equal, and "open on Sundays" in two long texts that differ by
one "not" folds too: it saves reading, and says nothing about agreement.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_RUN = 4
_SHORTEST = 20  # characters; in shorter texts one word is the whole matter
_LONGEST = 1000
_HASHES, _BANDS = 64, 16
_SHARED = 0.8
_AT_ONCE = 2_000
_NO_HASH = np.iinfo(np.uint64).max
Hashes = NDArray[np.uint64]


def firsts(texts: Sequence[str], shared: float = _SHARED) -> list[int]:
    """For each text the position of the first that it is a near-copy of; its own where it is none.

    `texts` should be folded already (case, signs and spaces taken away).
    """
    first = _equal(texts)
    long = [i for i, text in enumerate(texts) if first[i] == i and len(text) >= _SHORTEST]
    if len(long) < 2:
        return first
    for one, other in _candidates(_signatures([texts[i] for i in long])):
        root, copy = sorted((first[long[one]], first[long[other]]))
        if root != copy and _share(texts[root], texts[copy]) >= shared:
            first[copy] = root
    return [_root(first, i) for i in range(len(texts))]


def _equal(texts: Sequence[str]) -> list[int]:
    seen: dict[str, int] = {}
    return [seen.setdefault(text, i) for i, text in enumerate(texts)]


def _root(first: list[int], i: int) -> int:
    while first[i] != i:
        i = first[i]
    return i


def _runs(text: str) -> set[str]:
    text = text[:_LONGEST]
    return {text[i : i + _RUN] for i in range(len(text) - _RUN + 1)}


def _share(one: str, other: str) -> float:
    some, others = _runs(one), _runs(other)
    return len(some & others) / len(some | others)


def _signatures(texts: Sequence[str]) -> Hashes:
    """One row a text: the least of each hash over its runs."""
    factors = np.random.default_rng(4).integers(1, 1 << 62, _HASHES, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    parts = [texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE)]
    return np.concatenate([_signed(part, factors) for part in parts])


def _signed(texts: Sequence[str], factors: Hashes) -> Hashes:
    cut = [text[:_LONGEST] for text in texts]
    signs = np.frombuffer("".join(cut).encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.uint64)
    ends = np.cumsum([len(text) for text in cut])
    runs = signs[: -_RUN + 1].copy()
    for offset in range(1, _RUN):
        runs = runs * np.uint64(0x100000001B3) ^ signs[offset : len(signs) - _RUN + 1 + offset]
    runs ^= runs >> np.uint64(29)
    runs *= np.uint64(0xBF58476D1CE4E5B9)
    over_an_end = (ends[:-1, None] - np.arange(1, _RUN)).ravel()
    starts = np.concatenate([[0], ends[:-1]])
    signatures = np.empty((len(cut), len(factors)), dtype=np.uint64)
    for place, factor in enumerate(factors):
        hashes = runs * factor
        hashes ^= hashes >> np.uint64(32)
        hashes[over_an_end] = _NO_HASH
        signatures[:, place] = np.minimum.reduceat(hashes, starts)
    return signatures


def _candidates(signatures: Hashes) -> list[tuple[int, int]]:
    """Neighbours within each bucket of each band: enough to chain all copies of one text together."""
    rows = signatures.shape[1] // _BANDS
    found: set[tuple[int, int]] = set()
    for band in range(_BANDS):
        keys = np.zeros(len(signatures), dtype=np.uint64)
        for column in range(band * rows, (band + 1) * rows):
            keys = keys * np.uint64(0x9E3779B97F4A7C15) + signatures[:, column]
        order = np.argsort(keys, kind="stable")
        same = np.flatnonzero(keys[order][1:] == keys[order][:-1])
        found.update((int(order[i]), int(order[i + 1])) for i in same)
    return sorted(found)
