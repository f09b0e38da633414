"""What matters to people and how well it is done: the gap, its quadrant, and the opportunity.

Importance-performance analysis (Martilla and James 1977): each service stands in a quadrant by whether its importance
and its performance are above the mean of all services. The opportunity score (Ulwick 2005) is importance plus what
performance lacks of it. Both questions are asked on the same scale.

Limits: the quadrants compare the services with each other, not with what would be good; near a grand mean the quadrant
is chance, which the interval of the gap does not show.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike

from rapport.insight.methods.weighing.designs import Design

from .estimates import Estimate, difference, mean


class Quadrant(StrEnum):
    CONCENTRATE = "concentrate here"
    KEEP_UP = "keep up the good work"
    LOW_PRIORITY = "low priority"
    POSSIBLE_OVERKILL = "possible overkill"


@dataclass(frozen=True)
class Gap:
    """A service: its two means, importance less performance with its interval, and where it stands."""

    name: str
    importance: Estimate
    performance: Estimate
    gap: Estimate
    quadrant: Quadrant
    opportunity: float


@dataclass(frozen=True)
class Gaps:
    """All services, the largest gap first, and the grand means where the quadrants meet."""

    importance: float
    performance: float
    services: tuple[Gap, ...]


def gaps(design: Design, answers: Mapping[str, tuple[ArrayLike, ArrayLike]]) -> Gaps:
    """The gaps of services: `answers` gives for each name importance and performance, each (rows,), NaN where missing.

    The grand means are the plain means over services of their means. Raises ValueError where nobody answered a
    question.
    """
    importance = {name: mean(design, pair[0]) for name, pair in answers.items()}
    performance = {name: mean(design, pair[1]) for name, pair in answers.items()}
    mid_importance = float(np.mean([one.estimate for one in importance.values()]))
    mid_performance = float(np.mean([one.estimate for one in performance.values()]))
    found = [
        Gap(
            name=name,
            importance=importance[name],
            performance=performance[name],
            gap=difference(design, *pair),
            quadrant=_quadrant(
                matters=importance[name].estimate >= mid_importance,
                is_good=performance[name].estimate >= mid_performance,
            ),
            opportunity=opportunity(importance[name].estimate, performance[name].estimate),
        )
        for name, pair in answers.items()
    ]
    return Gaps(mid_importance, mid_performance, tuple(sorted(found, key=lambda one: -one.gap.estimate)))


def opportunity(importance: float, performance: float) -> float:
    """Importance, and once more what performance lacks of it."""
    return importance + max(importance - performance, 0.0)


def _quadrant(*, matters: bool, is_good: bool) -> Quadrant:
    if matters:
        return Quadrant.KEEP_UP if is_good else Quadrant.CONCENTRATE
    return Quadrant.POSSIBLE_OVERKILL if is_good else Quadrant.LOW_PRIORITY
