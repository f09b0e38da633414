"""What a set of weights costs: Kish's design effect and effective number of answers, and how far the weights reach.

Kish (1965, 1992): deff = n sum(w^2) / sum(w)^2, the loss of precision from unequal weights where they do not go with
the answers; n / deff is the number of equally weighted answers that would be as precise.
"""

from dataclasses import dataclass

import numpy as np

from .designs import Floats

_HIGH = 2.0
_QUANTILES = (0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99)


@dataclass(frozen=True)
class WeightsReport:
    """The convergence report. `misses` is the largest miss of each margin as a share of the population."""

    n: int
    rounds: int
    converged: bool
    misses: dict[str, float]
    least: float
    most: float
    quantiles: dict[float, float]
    deff_kish: float
    n_effective: float
    trimmed: int

    @property
    def is_costly(self) -> bool:
        """The weights cost more than half of the answers: fewer margins, joined levels or caps would help."""
        return self.deff_kish > _HIGH


def deff_kish(weights: Floats) -> float:
    """Kish's design effect of weights (rows,): 1 where all are equal."""
    return float(len(weights) * (weights @ weights) / weights.sum() ** 2)


def n_effective(weights: Floats) -> float:
    """How many equally weighted answers would be as precise."""
    return float(weights.sum() ** 2 / (weights @ weights))


def report(
    weights: Floats,
    *,
    rounds: int = 0,
    converged: bool = True,
    misses: dict[str, float] | None = None,
    trimmed: int = 0,
) -> WeightsReport:
    """Describe weights (rows,); those that were only given, not made, have no rounds and no misses."""
    values = np.quantile(weights, _QUANTILES)
    return WeightsReport(
        n=len(weights),
        rounds=rounds,
        converged=converged,
        misses=misses or {},
        least=float(weights.min()),
        most=float(weights.max()),
        quantiles={part: float(value) for part, value in zip(_QUANTILES, values, strict=True)},
        deff_kish=deff_kish(weights),
        n_effective=n_effective(weights),
        trimmed=trimmed,
    )
