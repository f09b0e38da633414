"""What goes out, attacked by somebody who knows every total of a column, and every total of a row that is shown."""

from fractions import Fraction
from math import exp

import numpy as np
import pytest

from rapport.insight.methods.estimating.noise import gaussian, laplace, noisy
from rapport.insight.methods.estimating.protecting import DOUBT, least_doubt, protected, protected_list

T = 10


@pytest.mark.parametrize("seed", range(30))
def test_no_small_number_of_a_table_with_its_totals_can_be_narrowed_down(seed: int) -> None:
    dice = np.random.default_rng(seed)
    shape = int(dice.integers(2, 8)), int(dice.integers(1, 6))
    counts = dice.poisson(dice.choice([1, 4, 15, 60], size=shape))

    safe = protected(counts, T)

    hidden = np.array([[n is None for n in row] for row in safe.cells])
    gone = np.array([n is None for n in safe.totals])
    small = (counts > 0) & (counts < T)
    assert hidden[small].all()
    assert least_doubt(counts, hidden, gone, T) >= DOUBT
    sums = counts.sum(axis=1)
    assert gone[(sums > 0) & (sums < T)].all()


def test_the_row_of_a_hidden_total_is_hidden_too() -> None:
    """Else the total that was hidden beside a small one would be the sum of its row, and the small one what is left."""
    safe = protected([[3, 2], [20, 20], [40, 50]], T)

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
    assert protected([[10, 20], [0, 30]], T).cells == [[10, 20], [0, 30]]
    assert protected([], T).hidden == 0
    assert protected_list([40, 30, 3], T) == [40, None, None]
    assert protected_list([], T) == []


def test_the_noise_is_a_discrete_laplace() -> None:
    """Against its closed form: with q = exp(-epsilon), 0 has the chance (1 - q) / (1 + q)."""
    epsilon, draws = Fraction(1, 2), 6_000
    drawn = np.array([laplace(1 / epsilon) for _draw in range(draws)])

    q = exp(-0.5)
    assert (drawn == 0).mean() == pytest.approx((1 - q) / (1 + q), abs=0.03)
    assert drawn.var() == pytest.approx(2 * q / (1 - q) ** 2, rel=0.15)
    assert abs(drawn.mean()) < 0.2


def test_the_other_noise_is_a_discrete_gaussian() -> None:
    drawn = np.array([gaussian(Fraction(4)) for _draw in range(3_000)])

    assert drawn.var() == pytest.approx(4, rel=0.15)
    assert abs(drawn.mean()) < 0.2


def test_noise_is_whole_and_needs_a_scale() -> None:
    assert all(isinstance(n, int) for n in noisy([0, 5], Fraction(1)))
    with pytest.raises(ValueError, match="above zero"):
        laplace(Fraction(0))
