"""What goes out, attacked by somebody who knows every total of a column, and every total of a row that is shown."""

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog

from rapport.lib.publishing import published
from rapport.lib.publishing.attacking import DOUBT, least_doubt

T = 10


@pytest.mark.parametrize("seed", range(30))
def test_no_small_number_of_a_table_with_its_totals_can_be_narrowed_down(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = int(dice.integers(2, 8)), int(dice.integers(1, 6))
    counts = dice.poisson(dice.choice([1, 4, 15, 60], size=shape))

    safe = published(counts, threshold=T)

    hidden = np.array([[n is None for n in row] for row in safe.cells])
    gone = np.array([n is None for n in safe.totals])
    small = (counts > 0) & (counts < T)
    assert hidden[small].all()
    assert least_doubt(counts, hidden, gone, T) >= DOUBT
    sums = counts.sum(axis=1)
    assert gone[(sums > 0) & (sums < T)].all()


def test_the_row_of_a_hidden_total_is_hidden_too() -> None:
    """Else the total that was hidden beside a small one would be the sum of its row, and the small one what is left."""
    safe = published([[3, 2], [20, 20], [40, 50]], threshold=T)

    assert safe.totals == [None, None, 90]
    assert safe.cells == [[None, None], [None, None], [40, 50]]


def test_the_attacker_wins_where_only_the_small_cell_is_hidden() -> None:
    counts = np.array([[3, 40], [50, 60]])
    hidden = np.array([[True, False], [False, False]])

    assert least_doubt(counts, hidden, np.zeros(2, dtype=bool), T) == 0.0


def test_a_shown_small_number_is_refused() -> None:
    with pytest.raises(ValueError, match="shown"):
        least_doubt(np.array([[3]]), np.array([[False]]), np.array([False]), T)


def test_large_numbers_go_out_as_they_are() -> None:
    assert published([[10, 20], [0, 30]], threshold=T).cells == [[10, 20], [0, 30]]
    assert published([[]], threshold=T).hidden == 0
    assert published([40, 30, 3], threshold=T).row == [40, None, None]
    assert published([], threshold=T).row == []
    assert [published(n, threshold=T).number for n in (0, 9, 10)] == [0, None, 10]
    assert published([30, 3, 48], asked=50, threshold=T).row == [30, None, None]


@pytest.mark.parametrize("seed", range(60))
def test_what_came_since_the_last_publication_cannot_be_worked_out(seed: int) -> None:
    """Three publications of the same people, each held against the others by somebody who knows all their totals."""
    dice = np.random.default_rng(seed)
    levels = int(dice.integers(2, 7))
    steps = [dice.poisson(dice.choice([0, 2, 8, 25], size=levels)) + (at == 0) * 4 for at in range(3)]
    lists = [np.sum(steps[: at + 1], axis=0) for at in range(3)]
    shown = [published(counts, before=lists[:at], threshold=T).hides for at, counts in enumerate(lists)]

    for one, other in ((0, 1), (1, 2), (0, 2)):
        came = lists[other] - lists[one]
        if came.sum() >= T:  # with fewer nothing goes out anew
            assert _least_doubt_between(lists[one], came, shown[one], shown[other]) >= DOUBT


def _least_doubt_between(
    before: NDArray[np.int64], came: NDArray[np.int64], hidden_before: list[bool], hidden_now: list[bool]
) -> float:
    """How little doubt is left of any small number: of those before, of those who came since, and of all now."""
    n = len(before)
    ones, none = np.ones(n), np.zeros(n)
    rows = [np.concatenate([ones, none]), np.concatenate([none, ones])]
    sums = [before.sum(), came.sum()]
    for j in range(n):
        unit = np.eye(n)[j]
        if not hidden_before[j]:
            rows.append(np.concatenate([unit, none]))
            sums.append(before[j])
        if not hidden_now[j]:
            rows.append(np.concatenate([unit, unit]))
            sums.append(before[j] + came[j])
    worst = np.inf
    for j in range(n):
        unit = np.eye(n)[j]
        goals = [(before[j], [unit, none]), (came[j], [none, unit]), (before[j] + came[j], [unit, unit])]
        for count, goal in goals:
            if 0 < count < T:
                ends = [
                    linprog(sign * np.concatenate(goal), A_eq=np.array(rows), b_eq=np.array(sums), method="highs").fun
                    for sign in (1, -1)
                ]
                worst = min(worst, -ends[1] - ends[0])
    return worst
