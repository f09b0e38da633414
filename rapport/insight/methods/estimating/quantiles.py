"""Quantiles of weighted answers and their intervals.

The interval is Woodruff's (1952): that of the share of answers up to the quantile, read back through the distribution.
Two generations of R's `svyquantile` differ in how they read it and in where the share's interval is centred; both are
here.

Limits: where the interval of the share reaches below 0 or above 1, newer rules give no standard error (None), older
ones stop at the outermost answer. Heavy ties make the distribution jump, and the interval with it.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from rapport.insight.methods.weighing.designs import Design, Floats, Truths

from .estimates import Estimate, critical, mean
from .replicates import Replicates, replicated

_ALIKE = 1e-12

Reader = Callable[[float], float]


class Rule(StrEnum):
    """How a quantile is read from the distribution: MATH and SCHOOL as in R since 4.1, the others as before."""

    MATH = "math"  # the smallest value that as much as q of the weight is up to
    SCHOOL = "school"  # the same, and the middle of two values where q falls between them
    DISCRETE = "discrete"  # straight lines between the answers in their order
    ROUNDED = "rounded"  # straight lines between distinct values, for answers that were rounded


class ShareInterval(StrEnum):
    """How the interval of the share is made: symmetric, or from the beta distribution, which suits the tails."""

    WALD = "wald"
    BETA = "beta"


@dataclass(frozen=True)
class Quantile(Estimate):
    """A quantile with its `limits` at the confidence it was asked for; `se` is their distance in standard errors."""

    limits: tuple[float, float] | None = None

    def interval(self, confidence: float = 0.95, freedom: float | None = None) -> tuple[float, float] | None:
        """The limits; ask `quantile` again for another confidence."""
        return self.limits


def quantile(
    design: Design,
    values: ArrayLike,
    q: float,
    *,
    where: Truths | None = None,
    rule: Rule = Rule.MATH,
    shape: ShareInterval = ShareInterval.WALD,
    confidence: float = 0.95,
    freedom: float | None = None,
) -> Quantile:
    """The q-quantile of `values` (rows,); degrees of freedom are the design's unless given.

    Raises ValueError where nobody answered or q is not between 0 and 1.
    """
    filled = np.asarray(values, dtype=np.float64)
    inside = ~np.isnan(filled) if where is None else ~np.isnan(filled) & where
    read = reader(filled[inside], design.weights[inside], rule, q)
    found = read(q)
    up_to = mean(design, np.where(inside, filled <= found, np.nan))
    plain = Quantile(found, None, None, up_to.n, up_to.freedom, up_to.label)
    if (se := up_to.se) is None:
        return plain
    width = critical(confidence, up_to.freedom if freedom is None else freedom)
    is_older = rule in {Rule.DISCRETE, Rule.ROUNDED}
    if is_older:
        up_to = replace(up_to, estimate=q)
    if shape is ShareInterval.WALD:
        low, high = up_to.estimate - width * se, up_to.estimate + width * se
    else:
        low, high = _by_beta(up_to, len(filled), confidence)
    if not is_older and (math.isnan(low) or low < 0 or high > 1):
        return plain
    limits = read(low), read(high)
    return replace(plain, limits=limits, se=(limits[1] - limits[0]) / (2 * width))


def replicated_quantile(
    replicates: Replicates,
    values: ArrayLike,
    q: float,
    *,
    rule: Rule = Rule.DISCRETE,
    confidence: float = 0.95,
    freedom: float | None = None,
) -> Quantile:
    """The q-quantile of `values` (rows,) by replicate weights, as R before 4.1: of the share below it, read back."""
    filled = np.asarray(values, dtype=np.float64)
    read = reader(filled, replicates.weights, rule, q)
    found = read(q)
    below = replicated(replicates, lambda weights: float(weights @ (filled < found) / weights.sum()))
    if below.se is None:
        return Quantile(found, None, None, below.n, below.freedom, below.label)
    width = critical(confidence, below.freedom if freedom is None else freedom)
    limits = read(below.estimate - width * below.se), read(below.estimate + width * below.se)
    return Quantile(found, (limits[1] - limits[0]) / (2 * width), None, below.n, below.freedom, "", limits)


def reader(values: Floats, weights: Floats, rule: Rule, q: float) -> Reader:
    """A function from shares to quantiles of `values` (rows,) under `weights` (rows,)."""
    values, weights = values[weights > 0], weights[weights > 0]
    if not len(values) or not 0 < q < 1:
        raise ValueError("A quantile is between 0 and 1, of at least one answer")
    order = np.argsort(values, kind="stable")
    values, grown = values[order], np.cumsum(weights[order])
    shares = grown / grown[-1]
    if rule is Rule.DISCRETE:
        return lambda share: float(np.interp(share, shares, values))
    if rule is Rule.ROUNDED:
        last = np.flatnonzero(np.diff(values, append=np.inf))
        return lambda share: float(np.interp(share, shares[last], values[last]))
    return lambda share: _stepped(values, shares, share, halves=rule is Rule.SCHOOL)


def _stepped(values: Floats, shares: Floats, share: float, *, halves: bool) -> float:
    at = int(np.searchsorted(shares, share - _ALIKE))
    if at >= len(values):
        return float(values[-1])
    if halves and abs(shares[at] - share) <= _ALIKE and at + 1 < len(values):
        return float(values[at] + values[at + 1]) / 2
    return float(values[at])


def _by_beta(share: Estimate, rows: int, confidence: float) -> tuple[float, float]:
    """Korn and Graubard (1998): the exact binomial interval at the number of answers that the design is worth."""
    p, tail = share.estimate, (1 - confidence) / 2
    n = p * (1 - p) / (share.se or math.nan) ** 2
    n *= float(special.stdtrit(rows - 1, tail) / special.stdtrit(share.freedom, tail)) ** 2
    low = float(special.betaincinv(n * p, n * (1 - p) + 1, tail))
    return low, float(special.betaincinv(n * p + 1, n * (1 - p), 1 - tail))
