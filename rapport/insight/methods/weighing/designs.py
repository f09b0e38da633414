"""How the answers were drawn: weights, strata, clusters, finite populations, and what that does to uncertainty.

A `Design` is what R's `svydesign` makes: rows drawn in one or more stages, each stage within strata, with or without a
finite population. Its `covariance` is the Taylor (linearisation) estimator of the sum of scores: between the units of
each stratum, plus, where the population is finite, the part within units, stage by stage (Särndal, Swensson and
Wretman 1992, chapter 4; Bellhouse 1985; Lumley 2004). Clusters are always read as nested in their stratum and in the
stage before (R's `nest=TRUE`).

A stratum with one unit (a lonely one) cannot show its spread. The rule is `Lonely.ADJUST`: its unit counts by its
distance from the mean of all, which errs on the side of caution; `REMOVE` leaves it out, `FAIL` raises. Where nothing
is left to compare with, the variance is NaN, and estimates have no standard error.

Only a probability sample has a margin of error. A design of people who chose to answer carries the label `INDICATIVE`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property
from typing import Any, Protocol

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Codes = NDArray[np.integer[Any]]
Truths = NDArray[np.bool_]

INDICATIVE = "indicative: people who chose to answer"
_WHOLE = 1e-7  # a stratum of which less than this is unseen adds nothing


class Lonely(StrEnum):
    ADJUST = "adjust"
    REMOVE = "remove"
    FAIL = "fail"


class LonelyUnit(ValueError):
    """A stratum has only one unit, and the rule is to fail. `stage` counts from 1."""

    def __init__(self, stage: int) -> None:
        super().__init__(f"A stratum has only one unit at stage {stage}")
        self.stage = stage


class ImpossiblePopulation(ValueError):
    """More were drawn than there are, or sizes and fractions are mixed; `row` is one that shows it."""

    def __init__(self, row: int, stage: int, drawn: float | None = None) -> None:
        why = "sizes and fractions are mixed" if drawn is None else f"more were drawn ({drawn:g}) than there are"
        super().__init__(f"Row {row}, stage {stage}: {why}")
        self.row, self.stage, self.drawn = row, stage, drawn


class Residuals(Protocol):
    """What calibration leaves of scores: the part that the known totals do not explain."""

    def residuals(self, scores: Floats) -> Floats: ...


class Weighed(Protocol):
    """What weighting made: new weights and what they know."""

    @property
    def weights(self) -> Floats: ...
    @property
    def calibration(self) -> Residuals: ...


@dataclass(frozen=True)
class Stage:
    """One stage of drawing. `unit` (rows,) is None where every row is a unit of its own; the others are by unit."""

    unit: Codes | None
    group: Codes  # the stratum that the unit was drawn from
    drawn: Floats  # units drawn from that stratum
    fraction: Floats  # of the stratum's units that were drawn; 0 with replacement
    above: Floats  # the product of the fractions of the stages above

    @cached_property
    def alone(self) -> Truths:
        """The units (units,) that are the only one of a stratum that was not drawn whole."""
        alone: Truths = (self.drawn == 1) & (self.fraction <= 1 - _WHOLE)
        return alone

    @cached_property
    def scale(self) -> Floats:
        """What the square of each unit's distance from its stratum's mean counts for; one number if all are alike."""
        scale: Floats = self.above * (1 - self.fraction) * self.drawn / np.maximum(self.drawn - 1, 1)
        return scale if (scale != scale[0]).any() else scale[0]

    @cached_property
    def strata(self) -> int:
        return int(self.group.max()) + 1

    def covariance(self, scores: Floats, lonely: Lonely, depth: int) -> Floats:
        totals = scores if self.unit is None else _sums(self.unit, scores, len(self.group))
        alone = self.alone
        if not alone.any():
            return _crossed(self._centred(totals), self.scale)
        if lonely is Lonely.FAIL:
            raise LonelyUnit(depth)
        if len(alone) == 1 or (depth == 1 and lonely is Lonely.REMOVE and alone.all()):
            return np.full((totals.shape[1],) * 2, np.nan)
        apart = np.where(alone[:, None], totals if lonely is Lonely.ADJUST else 0.0, self._centred(totals))
        return _crossed(apart, self.scale)

    def _centred(self, totals: Floats) -> Floats:
        if self.strata == 1:
            centred: Floats = totals - totals.sum(axis=0) / self.drawn[0]
            return centred
        sums = _sums(self.group, totals, self.strata)
        return totals - sums[self.group] / self.drawn[:, None]


@dataclass(frozen=True)
class Design:
    """How `rows` answers were drawn. Make one with `Design.of`; weigh it with `weighed`."""

    weights: Floats
    stages: tuple[Stage, ...]
    is_probability: bool = True
    lonely: Lonely = Lonely.ADJUST
    calibrations: tuple[Residuals, ...] = ()

    @classmethod
    def of(
        cls,
        rows: int,
        *,
        weights: ArrayLike | None = None,
        strata: ArrayLike | None = None,
        clusters: Sequence[ArrayLike] = (),
        fpc: Sequence[ArrayLike] = (),
        is_probability: bool = True,
        lonely: Lonely = Lonely.ADJUST,
    ) -> "Design":
        """A design from arrays of shape (rows,).

        `clusters` holds the unit of each stage, outermost first; none means that single answers were drawn. `fpc`
        holds, for each stage, either the number of units in the stratum or the fraction that was drawn, all of the one
        or all of the other; it may vary within a stratum, as in Brewer's approximation for unequal probabilities.
        Without `weights` they follow from `fpc`, or are 1.

        Raises ValueError for weights that are negative, missing or all zero, and ImpossiblePopulation.
        """
        stages = _stages(rows, strata, clusters, fpc)
        start = _from_fractions(rows, stages) if weights is None else np.asarray(weights, dtype=np.float64)
        if start.shape != (rows,) or not np.isfinite(start).all() or (start < 0).any() or not start.any():
            raise ValueError("Weights are one for each row, 0 or more, and not all 0")
        return cls(start, stages, is_probability, lonely)

    @property
    def label(self) -> str:
        return "" if self.is_probability else INDICATIVE

    def weighed(self, weighting: Weighed) -> "Design":
        """The same drawing with calibrated weights; standard errors then use what calibration leaves unexplained."""
        return replace(self, weights=weighting.weights, calibrations=(*self.calibrations, weighting.calibration))

    def covariance(self, scores: Floats) -> Floats:
        """The (k, k) covariance of the column sums of `scores` (rows, k).

        Scores are weighted influence values, 0 outside a domain.
        """
        left = scores.reshape(len(scores), -1)
        for calibration in self.calibrations:
            left = calibration.residuals(left)
        found = np.zeros((left.shape[1], left.shape[1]))
        for depth, stage in enumerate(self.stages, 1):
            found += stage.covariance(left, self.lonely, depth)
        return found

    def variance(self, scores: Floats) -> float:
        """The variance of the sum of `scores` (rows,)."""
        return float(self.covariance(scores)[0, 0])

    def freedom(self, where: Truths | None = None) -> int:
        """Degrees of freedom: first-stage units less strata, counted among rows with weight (in a domain)."""
        seen = self.weights > 0 if where is None else (self.weights > 0) & where
        first = self.stages[0]
        units = seen if first.unit is None else np.bincount(first.unit[seen], minlength=len(first.group)) > 0
        strata = 1 if first.strata == 1 else int(np.count_nonzero(np.bincount(first.group[units])))
        return int(np.count_nonzero(units)) - strata

    def lonely_units(self) -> int:
        """How many units stand alone in their stratum, so that the rule for lonely ones is at work."""
        return int(sum(np.count_nonzero(stage.alone) for stage in self.stages))

    def population(self) -> float | None:
        """How many people the strata hold, where single answers were drawn from finite strata; otherwise unknown."""
        first = self.stages[0]
        if len(self.stages) > 1 or first.unit is not None or not first.fraction.all():
            return None
        return float((1 / first.fraction).sum())


def numbered(values: ArrayLike) -> tuple[Codes, int]:
    """Codes from 0 for the distinct values of an array, in their order, and how many there are."""
    array = np.asarray(values)
    if array.dtype.kind in "iub" and array.size and array.min() >= 0 and array.max() < 2 * array.size:
        there = np.bincount(array) > 0
        return (np.cumsum(there) - 1)[array], int(there.sum())
    distinct, codes = np.unique(array, return_inverse=True)
    return codes, len(distinct)


def _stages(
    rows: int, strata: ArrayLike | None, clusters: Sequence[ArrayLike], fpc: Sequence[ArrayLike]
) -> tuple[Stage, ...]:
    if len(fpc) > max(len(clusters), 1):
        raise ValueError("There are more finite populations than stages")
    sizes = [np.asarray(size, dtype=np.float64) for size in fpc]
    are_sizes = _are_sizes(sizes)
    within = np.zeros(rows, dtype=np.intp) if strata is None else numbered(strata)[0]
    above = np.ones(rows)
    stages: list[Stage] = []
    for depth in range(max(len(clusters), 1)):
        unit = numbered(within * (rows + 1) + numbered(clusters[depth])[0])[0] if clusters else None
        some = np.arange(rows) if unit is None else np.unique(unit, return_index=True)[1]
        drawn = np.bincount(within[some])[within[some]].astype(np.float64)
        if depth >= len(sizes):
            stages.append(Stage(unit, within[some], drawn, np.zeros(len(some)), above[some]))
            break
        fraction = drawn / sizes[depth][some] if are_sizes else sizes[depth][some]
        if (fraction > 1 + 1e-12).any():
            worst = int(fraction.argmax())
            raise ImpossiblePopulation(int(some[worst]), depth + 1, drawn[worst])
        stages.append(Stage(unit, within[some], drawn, fraction, above[some]))
        above, within = (above * fraction, within) if unit is None else (above * fraction[unit], unit)
    return tuple(stages)


def _are_sizes(sizes: list[Floats]) -> bool:
    """Whether these are numbers of units (True) or fractions of them."""
    are_sizes = any((size > 1).any() for size in sizes)
    for stage, size in enumerate(sizes, 1):
        if not (np.isfinite(size) & (size > 0)).all():
            raise ValueError("Finite populations are numbers above 0")
        if are_sizes and (size < 1).any():
            raise ImpossiblePopulation(int((size < 1).argmax()), stage)
    return are_sizes


def _from_fractions(rows: int, stages: tuple[Stage, ...]) -> Floats:
    weights = np.ones(rows)
    for stage in stages:
        if stage.fraction.any():
            weights /= stage.fraction if stage.unit is None else stage.fraction[stage.unit]
    return weights


def _sums(codes: Codes, values: Floats, count: int) -> Floats:
    return np.stack([np.bincount(codes, column, count) for column in values.T], axis=1)


def _crossed(values: Floats, scale: Floats) -> Floats:
    scaled = values * (scale[:, None] if scale.ndim else scale)
    if values.shape[1] == 1:  # threads that multiply one column wait for each other longer than they work
        return np.array([[(scaled * values).sum()]])
    crossed: Floats = scaled.T @ values
    return crossed
