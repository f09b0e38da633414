"""Standard errors by replicate weights: jackknife, balanced half-samples and bootstrap of the first-stage units.

Each replicate repeats the survey as it might have come out; the spread of the estimates over them is the variance
(Wolter 2007). JK1 and JKn leave out one unit at a time, with the first stage's finite population; balanced repeated
replication takes one of two units in each stratum by a Hadamard matrix (McCarthy 1969), or leans to one by Fay's rho
(Judkins 1990); the bootstrap draws one unit fewer than there are in each stratum, with replacement (Rao and Wu 1988).

Limits: all replicates are held at once, rows times replicates numbers; a jackknife of quantiles does not converge.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.linalg import hadamard

from rapport.insight.methods.weighing.designs import Codes, Design, Floats

from .estimates import Estimate

Statistic = Callable[[Floats], float]


@dataclass(frozen=True)
class Replicates:
    """Weights (rows,), and `each` (rows, replicates) of their repetitions with their `scales` (replicates,).

    With `around_estimate` the spread is taken around the estimate itself (R's `mse=TRUE`), not around their mean.
    """

    weights: Floats
    each: Floats
    scales: Floats
    freedom: int
    label: str = ""
    around_estimate: bool = False

    def weighed(self, calibrate: Callable[[Floats], Floats]) -> "Replicates":
        """Calibrate the weights and every replicate alike; `calibrate` maps start weights (rows,) to weights.

        A replicate has rows with weight 0; `on_those_left` passes only the others to a function that cannot have them.
        """
        each = np.stack([calibrate(column) for column in self.each.T], axis=1)
        return replace(self, weights=calibrate(self.weights), each=each)


class NotTwoUnits(ValueError):
    """Balanced half-samples need two units in every stratum."""


def jackknife(design: Design, *, around_estimate: bool = False) -> Replicates:
    """Leave out each first-stage unit in turn: JK1 without strata, JKn with them. A lonely unit stays in."""
    first = design.stages[0]
    drawn = first.drawn
    out = np.flatnonzero(drawn > 1)
    factors = np.ones((len(first.group), len(out)))
    same = first.group[:, None] == first.group[out]
    factors[same] = np.broadcast_to(drawn[out] / (drawn[out] - 1), same.shape)[same]
    factors[out, np.arange(len(out))] = 0
    scales = (1 - first.fraction[out]) * (drawn[out] - 1) / drawn[out]
    return _of(design, factors, scales, around_estimate)


def balanced(design: Design, *, rho: float = 0.0, around_estimate: bool = False) -> Replicates:
    """Half-samples (BRR), or with Fay's `rho` between 0 and 1. Finite populations are left out. Raises NotTwoUnits."""
    first = design.stages[0]
    if not (first.drawn == 2).all():
        raise NotTwoUnits("Balanced half-samples need two units in every stratum")
    strata = int(first.group.max()) + 1
    signs = hadamard(1 << strata.bit_length())[1 : strata + 1]
    second = np.zeros(len(first.group), dtype=bool)
    second[np.unique(first.group, return_index=True)[1]] = True
    signs = signs[first.group] * np.where(second, 1, -1)[:, None]
    count = signs.shape[1]
    return _of(design, 1 + signs * (1 - rho), np.full(count, 1 / (count * (1 - rho) ** 2)), around_estimate)


def bootstrap(design: Design, count: int = 200, *, seed: int = 0, around_estimate: bool = False) -> Replicates:
    """`count` repetitions that draw n - 1 of the n units of each stratum. Finite populations are left out."""
    first, chance = design.stages[0], np.random.default_rng(seed)
    factors = np.ones((len(first.group), count))
    for stratum in np.unique(first.group):
        units = np.flatnonzero(first.group == stratum)
        if (n := len(units)) > 1:
            times = chance.multinomial(n - 1, np.full(n, 1 / n), size=count)
            factors[units] = times.T * (n / (n - 1))
    return _of(design, factors, np.full(count, 1 / (count - 1)), around_estimate)


def replicated(replicates: Replicates, statistic: Statistic) -> Estimate:
    """`statistic`, a function of weights (rows,), with its standard error; replicates where it is NaN are left out."""
    found = float(statistic(replicates.weights))
    n = int(np.count_nonzero(replicates.weights))
    if replicates.label:
        return Estimate(found, None, None, n, replicates.freedom, replicates.label)
    each = np.array([statistic(column) for column in replicates.each.T])
    there = np.isfinite(each)
    each, scales = each[there], replicates.scales[there]
    centre = found if replicates.around_estimate else each.mean()
    return Estimate(found, math.sqrt(float(scales @ (each - centre) ** 2)), None, n, replicates.freedom)


def on_those_left(calibrate: Callable[[Floats, Codes], Floats]) -> Callable[[Floats], Floats]:
    """Let `calibrate` see only the rows with weight: it gets their weights and their positions."""

    def whole(weights: Floats) -> Floats:
        left = np.flatnonzero(weights > 0)
        made = np.zeros(len(weights))
        made[left] = calibrate(weights[left], left)
        return made

    return whole


def _of(design: Design, factors: Floats, scales: Floats, around_estimate: bool) -> Replicates:
    unit = design.stages[0].unit
    each = design.weights[:, None] * (factors if unit is None else factors[unit])
    return Replicates(design.weights, each, scales, design.freedom(), design.label, around_estimate)
