"""Whether a series draws more people or fewer than it did: each series against its own history, many tested at once.

A log-linear trend over the sessions, its spread estimated from the counts themselves (quasi-Poisson: Wedderburn 1974;
McCullagh and Nelder 1989, 4.5 and 9.2), and the test of Mann (1945) and Kendall (1975), which asks only whether later
counts tend to be smaller. A change is believed when both say so: the larger of two p-values is valid (Berger 1982).
Over all series and both directions the false discovery rate is held by Benjamini and Hochberg (1995).

Why not simpler: counts of people scatter more than Poisson's law allows, and a plain Poisson test, or comparing the
second half with the first, then cries wolf in one steady series of four.

Limits: sessions are taken as independent of each other, and a trend as one straight line (of logarithms). Below a dozen
sessions not even a loss of five in a hundred from one to the next is seen, so nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray
from scipy import stats

Floats = NDArray[np.float64]
FEWEST = 12  # sessions that were counted
_STEPS = 60
_CLOSE = 1e-10


class Course(Enum):
    TOO_EARLY = "too early to tell"
    STEADY = "steady"
    FALLING = "falling"
    RISING = "rising"


@dataclass(frozen=True)
class Trend:
    """One series. `change` is the share gained or lost from one session to the next (-0.05: five in a hundred lost),
    with its 95 % interval; all three are None where it is too early to tell. `q` is the rate of false alarms so far.
    """

    course: Course
    n: int
    mean: float | None
    change: float | None = None
    low: float | None = None
    high: float | None = None
    p: float = 1.0
    q: float = 1.0


@dataclass(frozen=True)
class Line:
    """A trend: the slope of the logarithm a session, its standard error, and how much wider than Poisson (phi)."""

    level: float
    slope: float
    error: float
    phi: float
    freedom: int

    @property
    def p_falling(self) -> float:
        """One-sided, by Student's t; the other direction is what is left to 1."""
        if self.error == 0:
            return 0.5 if self.slope == 0 else float(self.slope > 0)
        return float(stats.t.cdf(self.slope / self.error, self.freedom))


def trends(series: Iterable[Sequence[float | None]], *, rate: float = 0.05, fewest: int = FEWEST) -> list[Trend]:
    """The course of each series, in the order given; each is its counts, the oldest first.

    None is a session that nobody counted: it keeps its place in time and adds nothing. Of the series that are called
    falling or rising, on average at most a share of `rate` is steady. Raises ValueError for a count below 0 or a rate
    outside 0 to 1.
    """
    if not 0 < rate < 1:
        raise ValueError("rate is between 0 and 1")
    fitted = [_fitted(counts, fewest) for counts in series]
    tested = [(place, line, fall, rise) for place, (_found, line, fall, rise) in enumerate(fitted) if line]
    found = [trend for trend, _line, _fall, _rise in fitted]
    if not tested:
        return found
    tails = np.array([[fall, rise] for _place, _line, fall, rise in tested])
    q_values = stats.false_discovery_control(tails.ravel()).reshape(tails.shape)
    for (place, line, _fall, _rise), pair, q_pair in zip(tested, tails, q_values, strict=True):
        found[place] = _told(found[place], line, pair, q_pair, rate)
    return found


def _fitted(counts: Sequence[float | None], fewest: int) -> tuple[Trend, Line | None, float, float]:
    at = np.array([place for place, count in enumerate(counts) if count is not None], dtype=np.float64)
    seen = np.array([count for count in counts if count is not None], dtype=np.float64)
    if (seen < 0).any():
        raise ValueError("a count is 0 or more")
    mean = float(seen.mean()) if len(seen) else None
    if len(seen) < fewest:
        return Trend(Course.TOO_EARLY, len(seen), mean), None, 1.0, 1.0
    if not seen.any():
        return Trend(Course.STEADY, len(seen), mean), None, 1.0, 1.0
    line = line_through(at, seen)
    down, up = mann_kendall(seen)
    fall, rise = max(line.p_falling, down), max(1 - line.p_falling, up)
    return Trend(Course.STEADY, len(seen), mean), line, fall, rise


def _told(trend: Trend, line: Line, tails: Floats, q_values: Floats, rate: float) -> Trend:
    way = int(np.argmin(tails))
    course = (Course.FALLING, Course.RISING)[way] if q_values[way] <= rate else Course.STEADY
    half = float(stats.t.ppf(0.975, line.freedom)) * line.error
    low, change, high = (float(np.expm1(line.slope + shift)) for shift in (-half, 0.0, half))
    return Trend(course, trend.n, trend.mean, change, low, high, float(tails[way]), float(q_values[way]))


def line_through(at: Floats, counts: Floats) -> Line:
    """The quasi-Poisson line log E(counts) = level + slope * at, by iteratively reweighted least squares.

    `at` and `counts` are (n,), n of at least three. The same figures as R's `glm(counts ~ at, family = quasipoisson)`.
    """
    centre = at - at.mean()
    level, slope = float(np.log(max(counts.mean(), 1e-9))), 0.0
    for _step in range(_STEPS):
        expected = np.exp(np.clip(level + slope * centre, -30, 30))
        pull = np.array([(counts - expected).sum(), ((counts - expected) * centre).sum()])
        step = np.linalg.solve(_information(expected, centre), pull)
        step = np.clip(step, -2, 2)
        level, slope = level + float(step[0]), slope + float(step[1])
        if abs(step).max() < _CLOSE:
            break
    expected = np.exp(np.clip(level + slope * centre, -30, 30))
    freedom = len(counts) - 2
    phi = float(((counts - expected) ** 2 / np.maximum(expected, 1e-12)).sum() / freedom)
    error = float(np.sqrt(phi * np.linalg.inv(_information(expected, centre))[1, 1]))
    return Line(level - slope * float(at.mean()), slope, error, phi, freedom)


def _information(expected: Floats, at: Floats) -> Floats:
    return np.array([[expected.sum(), (expected * at).sum()], [(expected * at).sum(), (expected * at * at).sum()]])


def mann_kendall(counts: Floats) -> tuple[float, float]:
    """The chances of so strong a fall, and of so strong a rise, if the order meant nothing.

    One-sided, by the normal law with continuity and with the variance for ties (Kendall 1975, 1.9 and 4.9).
    """
    n = len(counts)
    score = float(np.sign(counts[None, :] - counts[:, None])[np.triu_indices(n, 1)].sum())
    ties = np.unique(counts, return_counts=True)[1]
    variance = (n * (n - 1) * (2 * n + 5) - float((ties * (ties - 1) * (2 * ties + 5)).sum())) / 18
    if variance == 0:
        return 0.5, 0.5
    fall, rise = (float(stats.norm.sf((way * score - 1) / np.sqrt(variance))) for way in (-1, 1))
    return fall, rise
