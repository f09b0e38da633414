"""Hidden cells, attacked by somebody who knows all totals and can solve linear programs."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from rapport.lib.publishing.hiding import (
    hidden_in_choices,
    hidden_in_choices_by_group,
    hidden_in_list,
    hidden_in_table,
)

T = 10


def _spread(counts: NDArray[np.int64], hidden: NDArray[np.bool_], cell: tuple[int, int]) -> float:
    """How far apart the least and the most lie that this hidden count could be, given what is shown and all totals."""
    places = [tuple(place) for place in np.argwhere(hidden)]
    rows, columns = counts.shape
    sums = np.zeros((rows + columns, len(places)))
    for number, (i, j) in enumerate(places):
        sums[i, number] = sums[rows + j, number] = 1
    left = np.where(hidden, counts, 0)
    totals = [*left.sum(axis=1), *left.sum(axis=0)]
    goal = np.array([float(place == cell) for place in places])
    least, most = (linprog(sign * goal, A_eq=sums, b_eq=totals, method="highs") for sign in (1, -1))
    return float(-most.fun - least.fun)


@pytest.mark.parametrize("seed", range(40))
def test_no_small_cell_can_be_worked_out(seed: int) -> None:
    dice = np.random.default_rng(seed)
    counts = dice.poisson(dice.choice([3, 12, 40], size=(1, 5)), size=(4, 5)).astype(np.int64)

    hidden = hidden_in_table(counts, T)

    small = (counts > 0) & (counts < T)
    assert hidden[small].all()
    for i, j in np.argwhere(small):
        assert hidden.all() or _spread(counts, hidden, (int(i), int(j))) >= 3 - 1e-6


def test_a_table_without_small_cells_is_shown_whole() -> None:
    assert not hidden_in_table([[20, 0], [30, 12]], T).any()


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([40, 30, 3], [False, True, True]),  # alone it would be what is left
        ([40, 30, 3, 4], [False, False, True, True]),
        ([40, 3], [True, True]),
        ([40, 0, 12], [False, False, False]),
        ([3], [True]),
    ],
)
def test_in_a_list_a_small_count_is_never_hidden_alone(counts: list[int], hidden: list[bool]) -> None:
    assert hidden_in_list(counts, T).tolist() == hidden


def test_of_choices_that_stand_for_themselves_both_sides_must_be_many() -> None:
    assert hidden_in_choices([30, 3, 48, 50, 0], 50, T).tolist() == [False, True, True, False, False]


def test_a_hidden_group_is_not_what_the_other_groups_leave() -> None:
    hidden = hidden_in_choices_by_group([[30, 25, 4], [30, 25, 20]], [60, 50, 40], T)

    assert hidden.tolist() == [[False, True, True], [False, False, False]]
