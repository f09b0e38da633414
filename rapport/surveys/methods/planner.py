"""How many people must answer, how many must be asked, and what it costs in hours.

Source: Cochran (1977), Sampling Techniques, chapters 3 and 4; the finite population as n0 / (1 + (n0 - 1) / N).
Limits: the normal approximation, so not for shares near 0 or 1 in small samples; and for probability samples only. Of
people who chose to answer no formula says how far they are from everybody else.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Z = {90: 1.645, 95: 1.96, 99: 2.576}
_NEARLY = 1e-9  # what arithmetic with fractions leaves above a whole number is not one person more


def needed_of_infinitely_many(error: float, share: float = 0.5, z: float = 1.96, deff: float = 1.0) -> float:
    """n0 = z² p (1 - p) / e², times the design effect."""
    return z * z * share * (1 - share) / (error * error) * deff


def needed(error: float, population: int | None = None, share: float = 0.5, z: float = 1.96, deff: float = 1.0) -> int:
    """How many must answer for a share to be known within ± error; of so many people, or of very many."""
    n = needed_of_infinitely_many(error, share, z, deff)
    if population:
        n = min(n / (1 + (n - 1) / population), population)
    return math.ceil(n - _NEARLY)


def margin(n: int, population: int | None = None, share: float = 0.5, z: float = 1.96, deff: float = 1.0) -> float:
    """How far a share may be off when so many answered: z sqrt(p (1 - p) / n), less for a large part of the people."""
    if n <= 0:
        return 1.0
    all_but = max((population - n) / (population - 1), 0.0) if population and population > 1 else 1.0
    return min(z * math.sqrt(share * (1 - share) / n * deff * all_but), 1.0)


def to_invite(answers: int, expected_rate: float) -> int:
    """How many must be asked for so many answers, when this share of them answers."""
    return math.ceil(answers / expected_rate - _NEARLY)


@dataclass(frozen=True)
class Segment:
    """A group that is to be seen by itself: how many of it there are, and how many have answered."""

    name: str
    population: int
    answered: int = 0


@dataclass(frozen=True)
class Wanted:
    """A segment and what the plan wants of it."""

    segment: Segment
    wanted: int
    lacking: int


def per_segment(segments: Sequence[Segment], n: int) -> list[Wanted]:
    """So many answers spread over the groups as their people are (largest remainders get what is left over)."""
    everyone = sum(segment.population for segment in segments)
    shares = [n * segment.population / everyone if everyone else 0.0 for segment in segments]
    wanted = [math.floor(share) for share in shares]
    left = min(n, everyone) - sum(wanted)
    by_remainder = sorted(range(len(shares)), key=lambda i: wanted[i] - shares[i])
    for i in by_remainder[: max(left, 0)]:
        wanted[i] += 1
    return [
        Wanted(segment, many, max(many - segment.answered, 0)) for segment, many in zip(segments, wanted, strict=True)
    ]


@dataclass(frozen=True)
class Effort:
    """Minutes of staff for each of these things, and for all of them together."""

    sheet: float = 2.0  # hand out, collect, number
    entry: float = 4.0
    invitation: float = 0.2
    call: float = 12.0


def hours(counts: Mapping[str, int], effort: Effort) -> dict[str, float]:
    """Staff hours by kind of work: `counts` says how many sheets, entries, invitations and calls there are."""
    return {kind: n * float(getattr(effort, kind)) / 60 for kind, n in counts.items()}
