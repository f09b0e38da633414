"""Who was heard, beside who lives here: the representation index and its interval.

The index of a group is its share among those heard over its share of the population: 1 is as many as there are. The
interval is the exact one of a Poisson count (Garwood 1936), which errs on the side of caution for a share. A group is
called missing (or heard more than its share) only where the index is beyond a bound *and* its interval leaves 1 out.

Limits: the census share is taken as exact; families that answer together count as if each came alone (the interval then
covers 90 % instead of 95 %) unless it is said how many come together; an index says who answered, not that they speak
for their group.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]

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


@dataclass(frozen=True)
class Indices:
    """The same for many groups at once, as arrays (..., bands); `standing` holds the places in STANDINGS."""

    heard: Numbers
    share: Numbers
    people: Numbers
    index: Numbers
    low: Numbers
    high: Numbers
    standing: NDArray[np.int8]


STANDINGS = tuple(Standing)


def counted(bands: ArrayLike, size: int, by: ArrayLike | None = None, groups: int = 1) -> NDArray[np.int64]:
    """How many records are in each band (groups, bands), in one pass; a band below 0 is unknown and counts nowhere."""
    codes = np.asarray(bands)
    known = codes >= 0
    everybody = bool(known.all())
    if by is None:
        return np.bincount(codes if everybody else codes[known], minlength=size)[None, :]
    mixed = np.asarray(by).astype(np.int32) * np.int32(size) + codes
    return np.bincount(mixed if everybody else mixed[known], minlength=groups * size).reshape(groups, size)


def indices(heard: ArrayLike, people: ArrayLike, *, together: float = 1.0) -> Indices:
    """The indices of all groups (..., bands); where nobody is known to live a band has none (nan).

    `together` is with how many others somebody comes on average: so many fewer independent answers there are.
    """
    from scipy.stats import chi2  # only where somebody looks

    counts = np.asarray(heard, dtype=float)
    living = np.broadcast_to(np.asarray(people, dtype=float), counts.shape)
    counts = np.where(living > 0, counts, 0.0)
    n, total = counts.sum(axis=-1, keepdims=True), living.sum(axis=-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore"):
        expected, share = living / total, counts / n
        base, effective = n * expected / together, counts / together
        low = np.where(counts > 0, chi2.ppf(0.025, 2 * effective) / 2, 0.0) / base
        high = chi2.ppf(0.975, 2 * effective + 2) / 2 / base
        index = effective / base
    standing = _standings(index, low, high, np.broadcast_to(n >= _FEWEST, counts.shape))
    index, low, high = (np.where(living > 0, one, np.nan) for one in (index, low, high))
    return Indices(counts, share, expected, index, low, high, standing)


def _standings(index: Numbers, low: Numbers, high: Numbers, is_enough: NDArray[np.bool_]) -> NDArray[np.int8]:
    in_line = (index >= LOW) & (index <= HIGH)
    unsure = (low <= 1) & (high >= 1)
    choices = [~is_enough, in_line, unsure, index < 1]
    picked = [Standing.TOO_FEW, Standing.IN_LINE, Standing.UNSURE, Standing.MISSING]
    places = [STANDINGS.index(one) for one in picked]
    return np.select(choices, places, default=STANDINGS.index(Standing.MORE)).astype(np.int8)


def representation(
    heard: Mapping[str, int], people: Mapping[str, float], *, together: float = 1.0
) -> list[Represented]:
    """Each group that both sides know. Groups that only one side knows are left out of both shares."""
    bands = [band for band, count in people.items() if count > 0 and band in heard]
    if not bands or not sum(heard[band] for band in bands):
        return []
    found = indices([heard[band] for band in bands], [people[band] for band in bands], together=together)
    return [
        Represented(
            band,
            heard[band],
            float(found.share[place]),
            float(found.people[place]),
            float(found.index[place]),
            float(found.low[place]),
            float(found.high[place]),
            STANDINGS[found.standing[place]],
        )
        for place, band in enumerate(bands)
    ]
