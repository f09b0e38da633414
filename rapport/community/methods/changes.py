"""Whether a figure has changed by more than chance between two dates.

The test of the Census Bureau's handbook (2020, chapter 7): the difference, over the root of the sum of the squared
standard errors, beyond 1.645 (90 %). Limits: two five-year estimates whose years overlap are not independent, and
of many figures tested at once one in ten "changes" by chance alone.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import sqrt

Z90 = 1.645


class Verdict(StrEnum):
    MORE = "more"
    FEWER = "fewer"
    WITHIN = "within"  # the difference is within its margin
    UNKNOWN = "unknown"  # a margin is missing


@dataclass(frozen=True)
class Change:
    difference: float
    margin: float | None  # of the difference, 90 %
    verdict: Verdict


def change_between(before: float, before_margin: float | None, after: float, after_margin: float | None) -> Change:
    difference = after - before
    if before_margin is None or after_margin is None:
        return Change(difference, None, Verdict.UNKNOWN)
    margin = sqrt(before_margin**2 + after_margin**2)
    if abs(difference) <= margin:
        return Change(difference, margin, Verdict.WITHIN)
    return Change(difference, margin, Verdict.MORE if difference > 0 else Verdict.FEWER)
