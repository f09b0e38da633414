"""Which cells of a table stay hidden, so that no small number is given away, not even by subtraction.

A count from 1 to below the threshold is hidden. Whoever knows all totals could find it again as what is left, so other
cells are hidden with it: in a table with both margins the other three corners of a rectangle. Moving people around the
rectangle changes no total, so a reader cannot narrow the hidden count down to fewer than four values (the cycles of
Cox 1980 and Kelly, Golden and Assad 1992). Where no rectangle is wide enough the whole table is hidden.

Limits: it protects one table beside its own margins; it hides more than the fewest possible; zeros are shown unless
they are needed as corners. Several tables of the same people need a look at what they say together.
"""

from itertools import product

import numpy as np
from numpy.typing import ArrayLike, NDArray

Counts = NDArray[np.int64]
Truths = NDArray[np.bool_]
Corner = tuple[int, int]
_DOUBT = 3  # how far apart the least and the most must lie that a hidden count could be


def is_small(counts: ArrayLike, threshold: int) -> Truths:
    array = np.asarray(counts)
    small: Truths = (array > 0) & (array < threshold)
    return small


def hidden_in_list(counts: ArrayLike, threshold: int) -> Truths:
    """What stays hidden in a list of counts (levels,) whose total is known."""
    array = np.asarray(counts, dtype=np.int64)
    hidden = is_small(array, threshold)
    if not hidden.any():
        return hidden
    while hidden.sum() < 2 or array[hidden].sum() < array[hidden].min() + _DOUBT:
        open_ones = np.flatnonzero(~hidden & (array > 0))
        if not len(open_ones):
            return np.ones(len(array), dtype=bool)
        hidden[open_ones[array[open_ones].argmin()]] = True
    return hidden


def hidden_in_choices(counts: ArrayLike, asked: int, threshold: int) -> Truths:
    """Of choices that stand each for itself: hidden where few chose it, or few did not."""
    array = np.asarray(counts, dtype=np.int64)
    return is_small(array, threshold) | is_small(asked - array, threshold)


def hidden_in_choices_by_group(counts: ArrayLike, asked: ArrayLike, threshold: int) -> Truths:
    """Of a table (choices, groups) whose choices stand each for itself; `asked` is how many each group has.

    How many chose something is known over all groups, so what is left must not give a single hidden group away.
    """
    array, groups = np.asarray(counts, dtype=np.int64), np.asarray(asked, dtype=np.int64)
    hidden: Truths = is_small(array, threshold) | is_small(groups - array, threshold)
    for row, told in zip(array, hidden, strict=True):
        while told.any() and (told.sum() < 2 or row[told].sum() < _DOUBT) and not told.all():
            left = np.flatnonzero(~told)
            told[left[row[left].argmin()]] = True
    return hidden


def hidden_in_table(counts: ArrayLike, threshold: int) -> Truths:
    """What stays hidden in a table (rows, columns) of which all totals are known."""
    array = np.asarray(counts, dtype=np.int64)
    small = is_small(array, threshold)
    hidden = small.copy()
    for i, j in np.argwhere(small):
        corners = _rectangle(array, hidden, int(i), int(j))
        if corners is None:
            return np.ones(array.shape, dtype=bool)
        for corner in corners:
            hidden[corner] = True
    return hidden


def _rectangle(counts: Counts, hidden: Truths, i: int, j: int) -> tuple[Corner, Corner, Corner] | None:
    """The corners to hide with (i, j) that cost the least; None where no rectangle leaves enough doubt."""
    best, least = None, np.inf
    for k, m in product(range(counts.shape[0]), range(counts.shape[1])):
        if k == i or m == j:
            continue
        corners = (i, m), (k, j), (k, m)
        up = min(counts[i, m], counts[k, j])
        down = min(counts[i, j], counts[k, m])
        cost = sum(int(counts[corner]) for corner in corners if not hidden[corner])
        if up + down >= _DOUBT and cost < least:
            best, least = corners, cost
    return best
