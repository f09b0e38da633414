"""The one way in which a table of counts goes out: small numbers hidden, then attacked by a program.

A reader is taken to know every total of a row that is shown, and all totals of columns whether shown or not. What stays
hidden is chosen in `disclosure` (and said there, with its sources); here a linear program (HiGHS) then tries to narrow
each small count down, and unless it fails by at least three people everything in the table stays hidden.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from .disclosure import hidden_in_list, hidden_in_table, is_small

DOUBT = 3.0
Cells = Sequence[Sequence[int | None]]


@dataclass(frozen=True)
class Protected:
    """What may be shown: cells (rows, columns) and the sums of the rows; None stays hidden."""

    cells: Cells
    totals: Sequence[int | None]
    hidden: int


def protected(counts: ArrayLike, threshold: int) -> Protected:
    table = np.atleast_2d(np.asarray(counts, dtype=np.int64))
    sums = table.sum(axis=1)
    no_total = hidden_in_list(sums, threshold) if len(sums) else np.zeros(0, dtype=bool)
    hidden = hidden_in_table(table, threshold) if table.size else np.zeros(table.shape, dtype=bool)
    hidden[no_total] = True  # else what is left of a hidden total would be read off its row
    if table.size and least_doubt(table, hidden, no_total, threshold) < DOUBT:
        hidden[:], no_total[:] = True, True
    return Protected(_shown(table, hidden), [None if gone else int(n) for n, gone in zip(sums, no_total, strict=True)],
                     int(hidden.sum()))  # fmt: skip


def protected_list(counts: ArrayLike, threshold: int) -> list[int | None]:
    """The same for one row of groups whose sum is known."""
    array = np.asarray(counts, dtype=np.int64)
    hidden = hidden_in_list(array, threshold) if len(array) else array > 0
    return [None if gone else int(n) for n, gone in zip(array, hidden, strict=True)]


def _shown(table: NDArray[np.int64], hidden: NDArray[np.bool_]) -> Cells:
    return [
        [None if gone else int(n) for n, gone in zip(row, told, strict=True)]
        for row, told in zip(table, hidden, strict=True)
    ]


def least_doubt(
    counts: NDArray[np.int64], hidden: NDArray[np.bool_], no_total: NDArray[np.bool_], threshold: int
) -> float:
    """How far apart the least and the most lie, at worst, that a small count could be; infinite without small ones.

    Raises ValueError where a small count is not hidden at all.
    """
    from scipy.optimize import linprog  # only where something is published

    small = is_small(counts, threshold)
    if (small & ~hidden).any():
        raise ValueError("A small count is shown")
    places = np.argwhere(hidden)
    if not small.any() or (hidden.all() and no_total.all()):
        return float("inf")
    rows, columns = counts.shape
    known = np.zeros((rows + columns, len(places)))
    left = np.zeros(rows + columns)
    for place, (i, j) in enumerate(places):
        known[rows + j, place] = 1
        left[rows + j] += counts[i, j]
        if not no_total[i]:
            known[i, place] = 1
            left[i] += counts[i, j]
    worst = float("inf")
    for place, (i, j) in enumerate(places):
        if small[i, j]:
            goal = np.zeros(len(places))
            goal[place] = 1
            ends = [linprog(sign * goal, A_eq=known, b_eq=left, method="highs").fun for sign in (1, -1)]
            worst = min(worst, float(-ends[1] - ends[0]))
    return worst
