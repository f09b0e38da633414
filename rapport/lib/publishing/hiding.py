"""Which cells of a table stay hidden, so that no small number is given away, not even by subtraction.

A count from 1 to below the threshold is hidden. Whoever knows all totals could find it again as what is left, so other
cells are hidden with it: in a table with both margins the other three corners of a rectangle. Moving people around the
rectangle changes no total, so a reader cannot narrow the hidden count down to fewer than four values (the cycles of
Cox 1980 and Kelly, Golden and Assad 1992). Where no rectangle is wide enough the whole table is hidden.

What is published again is set beside what was published before: the difference is a table too (`hidden_in_series`).

Limits: it protects one table beside its own margins; it hides more than the fewest possible; zeros are shown unless
they are needed as corners. Several tables of the same people need a look at what they say together.
"""

from collections.abc import Sequence
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


def hidden_in_series(series: Sequence[ArrayLike], threshold: int) -> Truths:
    """What stays hidden in the newest of several lists (levels,) of the same people, each with its total known.

    Each list holds all whom the one before it held, and those who came since. A level is hidden where so few came to it
    since any earlier list that the difference would be somebody, and with it others, as in a list. What was hidden
    before is shown only once many have come to each level that was: else the earlier number is what is left of it.
    """
    lists = [np.asarray(counts, dtype=np.int64) for counts in series]
    shown: list[Truths] = []
    for at, now in enumerate(lists):
        hidden = hidden_in_list(now, threshold)
        for before, was_hidden in zip(lists[:at], shown, strict=True):
            came = np.abs(now - before)
            hidden = hidden | hidden_in_list(came, threshold)
            if was_hidden.any() and (came[was_hidden] < threshold).any():
                hidden = hidden | was_hidden
        shown.append(hidden)
    return shown[-1]


def hidden_in_choices_in_series(series: Sequence[ArrayLike], asked: Sequence[int], threshold: int) -> Truths:
    """The same of choices that stand each for itself."""
    lists = [np.asarray(counts, dtype=np.int64) for counts in series]
    hidden = hidden_in_choices(lists[-1], asked[-1], threshold)
    for before, all_before in zip(lists[:-1], asked[:-1], strict=True):
        hidden = hidden | hidden_in_choices(np.abs(lists[-1] - before), abs(asked[-1] - all_before), threshold)
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
