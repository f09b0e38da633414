"""Whether more people come since something was changed: before against after, with how sure one can be.

The ratio of the two means, its spread estimated from the counts themselves (quasi-Poisson: Wedderburn 1974; McCullagh
and Nelder 1989, 9.2), with Student's t on n - 2 degrees of freedom.

Limits: it says that attendance differs, never why. Seasons, weather and news change it too; and a series that was
changed because it was at its lowest tends to recover a little by itself (regression to the mean).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

FEWEST = 4  # counted dates on each side


@dataclass(frozen=True)
class Effect:
    """`ratio` is after divided by before, with its 95 % interval; None where it is too early to tell."""

    n_before: int
    n_after: int
    before: float | None
    after: float | None
    ratio: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def is_clear(self) -> bool:
        """The whole interval lies on one side of "as many as before"."""
        return self.low is not None and self.high is not None and (self.low > 1 or self.high < 1)


def effect(before: Sequence[float], after: Sequence[float]) -> Effect:
    """Compare counts of dates before and after a change; each side wants at least four, and somebody who came."""
    one, two = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    means = [float(side.mean()) if len(side) else None for side in (one, two)]
    if min(len(one), len(two)) < FEWEST or not one.any() or not two.any():
        return Effect(len(one), len(two), means[0], means[1])
    freedom = len(one) + len(two) - 2
    squares = ((one - one.mean()) ** 2).sum() / one.mean() + ((two - two.mean()) ** 2).sum() / two.mean()
    spread = max(float(squares) / freedom, 1e-9)
    error = float(np.sqrt(spread * (1 / one.sum() + 1 / two.sum())))
    middle, half = float(np.log(two.mean() / one.mean())), float(stats.t.ppf(0.975, freedom)) * error
    ratio, low, high = (float(np.exp(middle + shift)) for shift in (0.0, -half, half))
    return Effect(len(one), len(two), means[0], means[1], ratio, low, high)
