"""Weights that make a sample look like its population: post-stratification, raking, and trimming.

Post-stratification scales each level to its target (Holt and Smith 1979); raking does so margin after margin until all
are met. Weights may be trimmed while raking (`Caps`) or afterwards (`trim`, as R's `trimWeights`).

Limits: weighting mends only what the margins tell apart, and no weighting makes a sample of people who chose to answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike

from .calibration import ByCells, Cells
from .designs import Codes, Floats, numbered
from .margins import Margin
from .raking import cells_of, rake_cells
from .weights_report import WeightsReport, report

_MET = 1e-6


@dataclass(frozen=True)
class Caps:
    """The least and most weight: multiples of the mean weight, or (`own_`) of the row's own start weight, rescaled."""

    low: float = 0.0
    high: float = np.inf
    own_low: float = 0.0
    own_high: float = np.inf

    def bounds(self, masses: Floats, counts: Codes, total: float) -> tuple[Floats, Floats]:
        """The bounds of cells with these start masses and so many rows. Raises ValueError where they leave no room."""
        mean, own = counts * (total / counts.sum()), masses * (total / masses.sum())
        low, high = np.maximum(self.low * mean, self.own_low * own), np.minimum(self.high * mean, self.own_high * own)
        if (low > high).any() or not low.sum() < total < high.sum():
            raise ValueError("The caps leave no room: the lower must be below the mean weight, the upper above it")
        return low, high


@dataclass(frozen=True)
class Weighting:
    """Weights (rows,) and how they came about.

    `misses` is the largest miss of each margin as a share of the population, `trimmed` how many rows stand at a cap.
    """

    weights: Floats
    start: Floats
    calibration: ByCells
    rounds: int
    converged: bool
    misses: dict[str, float]
    trimmed: int = 0

    def report(self) -> WeightsReport:
        return report(
            self.weights, rounds=self.rounds, converged=self.converged, misses=self.misses, trimmed=self.trimmed
        )


def poststratify(start: ArrayLike, margin: Margin, *, total: float | None = None) -> Weighting:
    """Scale the start weights (rows,) of each level to its target. Raises EmptyLevel and LevelWithoutPeople."""
    made = _raked(start, [margin], total, None, tolerance=0.0, most=1)
    return _by_start(made)


def rake(
    start: ArrayLike,
    margins: Sequence[Margin],
    *,
    total: float | None = None,
    caps: Caps | None = None,
    tolerance: float = 1e-10,
    most: int = 1000,
    by_start: bool = False,
) -> Weighting:
    """Scale start weights (rows,) until all margins are met; a single margin without caps is post-stratified.

    `total` is what the weights shall add up to (that of the start weights unless given). A round that moves no cell by
    more than `tolerance` of the total is the last (R's `rake` stops at one person: `1 / total`), as is the one that
    comes to `most`. It has converged if then each level is met to a millionth of the total, or to `tolerance` where
    that is more.

    Standard errors come from a regression on the margins in which all rows count alike, as in R's `rake`, or by their
    start weights (`by_start`), which is nearer to the truth where these differ (docs/decisions/weighting.md).

    Raises EmptyLevel, LevelWithoutPeople, and ValueError for start weights that are not above 0 or caps without room.
    """
    if len(margins) == 1 and caps is None:
        return poststratify(start, margins[0], total=total)
    made = _raked(start, margins, total, caps, tolerance=tolerance, most=most)
    return _by_start(made) if by_start else made


def trim(weighting: Weighting, *, low: float = 0.0, high: float = np.inf) -> Weighting:
    """Cut weights to between `low` and `high`, and share what was cut equally among the others, until none is outside.

    As R's `trimWeights(strict=TRUE)`. Totals stay, margins are missed a little; `report` does not say by how much.
    Raises ValueError where the bounds leave no room.
    """
    weights = weighting.weights
    if not low * len(weights) <= weights.sum() <= high * len(weights):
        raise ValueError("The mean weight is outside these bounds")
    outside = (weights < low) | (weights > high)
    while outside.any():
        cut = np.clip(weights, low, high)
        cut[~outside] += (weights - cut).sum() / np.count_nonzero(~outside)
        weights = cut
        outside = (weights < low) | (weights > high)
    trimmed = int(((weights == low) | (weights == high)).sum())
    return replace(weighting, weights=weights, trimmed=trimmed)


def _by_start(made: Weighting) -> Weighting:
    return replace(made, calibration=replace(made.calibration, spread=made.start))


def _raked(
    start: ArrayLike, margins: Sequence[Margin], total: float | None, caps: Caps | None, *, tolerance: float, most: int
) -> Weighting:
    begun = np.asarray(start, dtype=np.float64)
    if not (begun > 0).all():
        raise ValueError("Start weights are above 0")
    for margin in margins:
        margin.check()
    whole = float(begun.sum()) if total is None else total
    cells = _cells(begun, margins, apart=caps is not None)
    counts = np.bincount(cells.of_row)
    for number, margin in enumerate(margins):
        margin.check_levels(np.bincount(cells.codes[:, number], counts, len(margin.shares())).astype(np.intp))
    masses = np.bincount(cells.of_row, begun).astype(np.float64)
    bounds = caps.bounds(masses, counts, whole) if caps else None
    shares = [margin.shares() for margin in margins]
    raked = rake_cells(masses, cells.codes, shares, total=whole, bounds=bounds, tolerance=tolerance, most=most)
    weights = begun * (raked.masses / masses)[cells.of_row]
    at_cap = np.isin(raked.masses, bounds)[cells.of_row] if bounds else None
    return Weighting(
        weights=weights,
        start=begun,
        calibration=ByCells(cells, weights, None),
        rounds=raked.rounds,
        converged=max(raked.misses) <= max(_MET, tolerance),
        misses=dict(zip((margin.name for margin in margins), raked.misses, strict=True)),
        trimmed=0 if at_cap is None else int(at_cap.sum()),
    )


def _cells(begun: Floats, margins: Sequence[Margin], *, apart: bool) -> Cells:
    """Rows alike in all margins; where weights are capped, alike in their start weight too."""
    codes = [margin.codes for margin in margins]
    sizes = [len(margin.shares()) for margin in margins]
    if not apart:
        return cells_of(codes, sizes)
    starts, count = numbered(begun)
    cells = cells_of([*codes, starts], [*sizes, count])
    return Cells(cells.of_row, cells.codes[:, :-1], tuple(sizes))
