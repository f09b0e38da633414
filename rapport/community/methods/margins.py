"""Sums and shares with their margins of error.

The rules are those of the Census Bureau's handbook "Understanding and Using American Community Survey Data: What All
Data Users Need to Know" (2020), chapter 8: the margin of a sum is the root of the sum of squares, where of several
estimates of zero only the largest margin counts; the margin of a share takes off what the base already explains.
All margins are of 90 %. Limits: the rules take the parts as independent, and the more parts, the rougher the margin.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt


@dataclass(frozen=True)
class Sum:
    estimate: float
    margin: float | None  # None: the margin of one of the parts is not known


def weighted_sum(parts: Iterable[tuple[float, float | None, float]]) -> Sum:
    """The sum of (estimate, margin, share): a service area takes in this share of each part."""
    parts = [(estimate, margin, share) for estimate, margin, share in parts if share]
    total = sum(estimate * share for estimate, _margin, share in parts)
    if any(margin is None for _estimate, margin, _share in parts):
        return Sum(total, None)
    weighed = [(estimate, abs((margin or 0.0) * share)) for estimate, margin, share in parts]
    counted = [margin for estimate, margin in weighed if estimate]
    of_zero = max((margin for estimate, margin in weighed if not estimate), default=0.0)
    return Sum(total, sqrt(sum(margin**2 for margin in counted) + of_zero**2))


def share_margin(part: float, part_margin: float | None, base: float, base_margin: float | None) -> float | None:
    """The margin of `part / base`, a part of the base. Where the root would be of less than 0, the rule for a ratio."""
    if part_margin is None or base_margin is None or base <= 0:
        return None
    share = part / base
    inside = part_margin**2 - share**2 * base_margin**2
    return sqrt(inside if inside >= 0 else part_margin**2 + share**2 * base_margin**2) / base
