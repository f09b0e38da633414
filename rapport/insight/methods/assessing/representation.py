"""Who was heard, beside who lives here: the representation index and its interval.

The index of a group is its share among those heard over its share of the population: 1 is as many as there are. The
interval is the exact one of a Poisson count (Garwood 1936), which errs on the side of caution for a share. A group is
called missing (or heard more than its share) only where the index is beyond a bound *and* its interval leaves 1 out.

Limits: the census share is taken as exact; families that answer together count as if each came alone, so the interval
is then too narrow; an index says who answered, not that they speak for their group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LOW, HIGH = 0.8, 1.25
_FEWEST = 20  # of all heard: below this no group can be told from chance


class Standing(StrEnum):
    MISSING = "missing"
    MORE = "more"
    IN_LINE = "in line"
    UNSURE = "unsure"  # beyond a bound, but it may be chance
    TOO_FEW = "too few"


@dataclass(frozen=True)
class Represented:
    """One group: how many were heard, the two shares, the index and its 95 % interval."""

    band: str
    heard: int
    share: float
    people: float  # the share of the population
    index: float
    low: float
    high: float
    standing: Standing


def representation(heard: Mapping[str, int], people: Mapping[str, float]) -> list[Represented]:
    """Each group that both sides know. Groups that only one side knows are left out of both shares."""
    bands = [band for band, count in people.items() if count > 0 and band in heard]
    all_heard, all_people = sum(heard[band] for band in bands), sum(people[band] for band in bands)
    if not all_heard or not all_people:
        return []
    return [_of(band, heard[band], all_heard, people[band] / all_people) for band in bands]


def _of(band: str, count: int, all_heard: int, expected: float) -> Represented:
    from scipy.stats import chi2  # only where somebody looks

    base = all_heard * expected
    low = float(chi2.ppf(0.025, 2 * count)) / 2 / base if count else 0.0
    high = float(chi2.ppf(0.975, 2 * count + 2)) / 2 / base
    index = count / base
    standing = _standing(index, low, high) if all_heard >= _FEWEST else Standing.TOO_FEW
    return Represented(band, count, count / all_heard, expected, index, low, high, standing)


def _standing(index: float, low: float, high: float) -> Standing:
    if LOW <= index <= HIGH:
        return Standing.IN_LINE
    if low <= 1 <= high:
        return Standing.UNSURE
    return Standing.MISSING if index < 1 else Standing.MORE
