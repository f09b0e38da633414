"""The noise of a release, against its closed form."""

from fractions import Fraction
from math import exp

import numpy as np
import pytest

from rapport.insight.methods.estimating.noise import gaussian, laplace, noisy


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
