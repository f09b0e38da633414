"""Means, totals, ratios, shares and differences with their standard errors.

Taylor linearisation over a `Design`: each estimate is a smooth function of weighted totals, so its variance is that of
the sum of its scores (Binder 1983; Särndal, Swensson and Wretman 1992, section 5.5). A missing value (NaN, or a
negative code) and a row outside `where` stay in the design and count with zero: a domain is not a smaller sample.

`deff` is the variance over that of a simple random sample of as many answers, without replacement where the weights say
how large the population is (Kish 1965), as R's `deff=TRUE`.

A self-selected sample gets estimates without `se`, interval or margin.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from rapport.insight.methods.weighing.designs import Codes, Design, Floats, Truths

_SAME = 1e-6  # weights that add up to the number of rows say nothing about the population


@dataclass(frozen=True)
class Estimate:
    """A number about the population, from `n` answers; without a probability sample `se` and `deff` are None."""

    estimate: float
    se: float | None
    deff: float | None
    n: int
    freedom: int
    label: str = ""

    def interval(self, confidence: float = 0.95, freedom: float | None = None) -> tuple[float, float] | None:
        """Student's interval on the design's degrees of freedom; `freedom=math.inf` is R's default `confint`."""
        if (half := self.margin(confidence, freedom)) is None:
            return None
        return self.estimate - half, self.estimate + half

    def margin(self, confidence: float = 0.95, freedom: float | None = None) -> float | None:
        """Half the width of the interval, for a probability sample only."""
        if self.se is None:
            return None
        return critical(confidence, self.freedom if freedom is None else freedom) * self.se


@dataclass(frozen=True)
class Share(Estimate):
    """A proportion; its interval is symmetric on the log-odds, so it stays between 0 and 1 (R's `svyciprop`)."""

    def interval(self, confidence: float = 0.95, freedom: float | None = None) -> tuple[float, float] | None:
        if self.se is None:
            return None
        if not 0 < self.estimate < 1 or not self.se:
            return wilson(self.estimate, self.n, confidence)
        odds = math.log(self.estimate / (1 - self.estimate))
        width = critical(confidence, self.freedom if freedom is None else freedom)
        half = width * self.se / (self.estimate * (1 - self.estimate))
        return _from_odds(odds - half), _from_odds(odds + half)


def mean(design: Design, values: ArrayLike, *, where: Truths | None = None) -> Estimate:
    """The weighted mean of `values` (rows,). Raises ValueError where nobody answered."""
    return _described(design, *_mean(design, values, where))


def total(design: Design, values: ArrayLike, *, where: Truths | None = None) -> Estimate:
    """The weighted sum of `values` (rows,): a number about the population only if the weights add up to it."""
    weights, filled = _inside(design, values, where)
    scores = weights * filled
    size = weights.sum()
    spread = _spread(weights, filled - scores.sum() / size) * size**2
    return _described(design, float(scores.sum()), scores, weights, spread)


def ratio(design: Design, numerator: ArrayLike, denominator: ArrayLike, *, where: Truths | None = None) -> Estimate:
    """The ratio of two totals over the rows that have both. Raises ValueError where the second is 0."""
    above, below = np.asarray(numerator, dtype=np.float64), np.asarray(denominator, dtype=np.float64)
    weights, above = _inside(design, np.where(np.isnan(below), np.nan, above), where)
    below = np.where(weights > 0, below, 0.0)
    if not (whole := float(weights @ below)):
        raise ValueError("The denominator adds up to 0")
    found = float(weights @ above) / whole
    apart = (above - found * below) / whole
    spread = _spread(weights, apart - weights @ apart / weights.sum()) * weights.sum() ** 2
    return _described(design, found, weights * apart, weights, spread)


def difference(
    design: Design, one: ArrayLike, other: ArrayLike, *, where: Truths | None = None, there: Truths | None = None
) -> Estimate:
    """The mean of `one` less that of `other`, each over those who answered it; `there` is the domain of `other`.

    Two columns, or one column in two groups; people who answered both tie the two means together.
    """
    first, scores, weights, _ = _mean(design, one, where)
    second, others, them, _ = _mean(design, other, where if there is None else there)
    found = _described(design, first - second, scores - others, np.maximum(weights, them), math.nan)
    return Estimate(found.estimate, found.se, None, found.n, found.freedom, found.label)


def share(design: Design, is_so: ArrayLike, *, where: Truths | None = None) -> Share:
    """The share of those of whom `is_so` (rows,; true or false, or 1, 0 and NaN) is true."""
    found = mean(design, is_so, where=where)
    return Share(found.estimate, found.se, found.deff, found.n, found.freedom, found.label)


def shares(design: Design, codes: Codes, levels: int, *, where: Truths | None = None) -> list[Share]:
    """The share of each of `levels` levels in `codes` (rows,; a negative code is a missing answer)."""
    answered = codes >= 0 if where is None else (codes >= 0) & where
    return [share(design, codes == level, where=answered) for level in range(levels)]


def wilson(proportion: float, n: float, confidence: float = 0.95) -> tuple[float, float]:
    """Wilson's (1927) score interval for a proportion of `n` answers (the effective number where they are weighted)."""
    z = critical(confidence, math.inf)
    middle = (proportion + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * math.sqrt(proportion * (1 - proportion) / n + z * z / (4 * n * n))
    return max(middle - half, 0.0), min(middle + half, 1.0)


def top_two(design: Design, codes: Codes, levels: int, *, where: Truths | None = None) -> Share:
    """The share of the two highest of `levels` levels among those who answered ("agree" and "strongly agree")."""
    answered = codes >= 0 if where is None else (codes >= 0) & where
    return share(design, codes >= levels - 2, where=answered)


def critical(confidence: float, freedom: float) -> float:
    """How many standard errors an interval reaches to each side; without degrees of freedom it has no end."""
    tail = (1 + confidence) / 2
    if freedom <= 0:
        return math.inf
    return float(special.ndtri(tail) if math.isinf(freedom) else special.stdtrit(freedom, tail))


def _from_odds(odds: float) -> float:
    return 1 / (1 + math.exp(-odds)) if odds > 0 else math.exp(odds) / (1 + math.exp(odds))


def _inside(design: Design, values: ArrayLike, where: Truths | None) -> tuple[Floats, Floats]:
    """The weights, and the values, with zeros for those who are outside or did not answer."""
    filled = np.asarray(values, dtype=np.float64)
    weights, missing = design.weights, np.isnan(filled)
    if missing.any():
        weights, filled = np.where(missing, 0.0, weights), np.where(missing, 0.0, filled)
    if where is not None:
        weights = np.where(where, weights, 0.0)
    if not weights.any():
        raise ValueError("Nobody answered this")
    return weights, filled


def _mean(design: Design, values: ArrayLike, where: Truths | None) -> tuple[float, Floats, Floats, float]:
    weights, filled = _inside(design, values, where)
    size = weights.sum()
    found = float((weights * filled).sum() / size)
    apart = filled - found
    spread = _spread(weights, apart)
    apart *= weights
    apart /= size
    return found, apart, weights, spread


def _spread(weights: Floats, apart: Floats) -> float:
    """The variance of the mean of a simple random sample of as many answers."""
    n, size = np.count_nonzero(weights), float(weights.sum())
    if n < 2:
        return math.nan
    unseen = (size - n) / size if size > n * (1 + _SAME) else 1.0
    return float((weights * apart * apart).sum()) / size / (n - 1) * unseen


def _described(design: Design, found: float, scores: Floats, weights: Floats, spread: float) -> Estimate:
    there = weights > 0
    n, freedom = int(np.count_nonzero(there)), design.freedom(there)
    if not design.is_probability:
        return Estimate(found, None, None, n, freedom, design.label)
    variance = design.variance(scores)
    if math.isnan(variance):
        return Estimate(found, None, None, n, freedom)
    deff = float(variance / spread) if spread > 0 else None
    return Estimate(found, math.sqrt(variance), deff, n, freedom)
