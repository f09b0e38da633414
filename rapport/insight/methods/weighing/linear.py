"""Calibration to known totals of any variables: linear (GREG), raking or logit, within bounds.

Deville and Särndal (1992): of all weights that meet the totals, those nearest to the start weights, by a distance.
Solved by Newton's method on the multipliers, as R's `calibrate`.

Limits: without bounds the linear distance may give weights below 0; with bounds too narrow there is no solution.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from .calibration import ByVariables
from .designs import Floats

Distance = Literal["linear", "raking", "logit"]
_SCALED = 20.0  # from here on Newton's method would start too far away


@dataclass(frozen=True)
class LinearWeighting:
    """Calibrated weights (rows,), and `factors`, what the start weights were multiplied with."""

    weights: Floats
    factors: Floats
    calibration: ByVariables
    rounds: int


class NoSolution(ValueError):
    """No weights within these bounds meet the totals; `miss` is the largest one left, relative to its total."""

    def __init__(self, miss: float) -> None:
        super().__init__(f"No weights within these bounds meet the totals (off by {miss:.2g})")
        self.miss = miss


def calibrate(
    start: ArrayLike,
    x: ArrayLike,
    totals: ArrayLike,
    *,
    distance: Distance = "linear",
    bounds: tuple[float, float] = (-np.inf, np.inf),
    tolerance: float = 1e-10,
    most: int = 100,
) -> LinearWeighting:
    """Weights for which the columns of `x` (rows, p) add up to `totals` (p,); a column of ones is the population.

    `bounds` hold the factors ("logit" needs them finite, around 1). Where all totals are more than twenty times those
    of the start weights, these are scaled up first, and the bounds hold from there on.

    Raises NoSolution, and ValueError for shapes or bounds that cannot be.
    """
    begun, variables = np.asarray(start, dtype=np.float64), np.asarray(x, dtype=np.float64)
    wanted = np.asarray(totals, dtype=np.float64)
    if variables.shape != (len(begun), len(wanted)):
        raise ValueError("`x` has a row for each weight and a column for each total")
    scale = _scale(wanted, begun @ variables)
    factor, slope = _distances(distance, *bounds)
    multipliers = np.zeros(len(wanted))
    scaled, miss = begun * scale, np.inf
    for rounds in range(1, most + 1):
        u = variables @ multipliers
        left = wanted - (scaled * factor(u)) @ variables
        miss = float((np.abs(left) / (1 + np.abs(wanted))).max())
        if miss < tolerance:
            made = scaled * factor(u)
            return LinearWeighting(made, made / begun, ByVariables(variables, made, begun), rounds)
        curvature = (variables * (scaled * slope(u))[:, None]).T @ variables
        step = np.linalg.pinv(curvature) @ left
        while not np.isfinite(factor(variables @ (multipliers + step))).all():
            step = step / 2
        multipliers = multipliers + step
    raise NoSolution(miss)


def _scale(wanted: Floats, found: Floats) -> float:
    ratios = np.divide(wanted, found, out=np.ones_like(wanted), where=found != 0)
    return float(ratios.mean()) if ratios.min() > _SCALED else 1.0


def _distances(
    distance: Distance, low: float, high: float
) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    """The factor as a function of the linear predictor, and its slope."""
    if not low < 1 < high:
        raise ValueError("Bounds stand around 1")
    if distance == "logit":
        return _logit(low, high)
    base = np.exp if distance == "raking" else _straight
    rise = np.exp if distance == "raking" else np.ones_like

    def factor(u: Floats) -> Floats:
        with np.errstate(over="ignore"):
            return np.clip(base(u), low, high)

    def slope(u: Floats) -> Floats:
        with np.errstate(over="ignore"):
            inside = (base(u) > low) & (base(u) < high)
        return np.where(inside, rise(np.where(inside, u, 0.0)), 0.0)

    return factor, slope


def _straight(u: Floats) -> Floats:
    return 1 + u


def _logit(low: float, high: float) -> tuple[Callable[[Floats], Floats], Callable[[Floats], Floats]]:
    if not np.isfinite([low, high]).all():
        raise ValueError("The logit distance needs two finite bounds")
    steep = (high - low) / ((1 - low) * (high - 1))

    def factor(u: Floats) -> Floats:
        grown = np.exp(np.clip(steep * u, -500, 500))
        return (low * (high - 1) + high * (1 - low) * grown) / (high - 1 + (1 - low) * grown)

    def slope(u: Floats) -> Floats:
        grown = np.exp(np.clip(steep * u, -500, 500))
        return steep * grown * (high - low) * (1 - low) * (high - 1) / (high - 1 + (1 - low) * grown) ** 2

    return factor, slope
