"""The attacker: a reader with a linear program, who tries to narrow down what a table hides.

A reader is taken to know every total of a row that is shown, and all totals of columns whether shown or not; HiGHS then
finds the least and the most that each small count could be. Whoever publishes asks it first (see `published`).
"""

import numpy as np
from numpy.typing import NDArray

from .hiding import is_small

DOUBT = 3.0  # people: so far apart the least and the most must lie


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
