"""Whether groups are there at all, or only because a method that looks for groups finds some.

Two questions, and groups are shown only if both are answered with yes. Is the first axis stronger than chance: are the
votes on each statement dealt anew among those who voted on it, does as strong an axis still come out? And is a grouping
stable: does a map of half of the statements, drawn by lot, put the same people together as a map of the other half?

Both look at a sample of the people, so they cost the same however many there are.

Limit: people who lie along one line without a gap are clearly and stably different, and will be cut into groups.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial.distance import cdist

from .groups import agreement, means
from .space import find_space, strongest
from .votes import Floats, Ints, Votes

CLEAR = 3.0  # standard deviations
STABLE = 0.15  # adjusted Rand index: each half is a noisier map than the whole; on votes without groups it is 0.00
_PEOPLE = 500
_VOTES = 30_000
_DEALS = 20
_HALVES = 21
_PEOPLE_OF_HALVES = 400
_ENOUGH_VOTES = 7  # on each half
_PEOPLE_WANTED = 50
_STARTS = 4


@dataclass(frozen=True)
class Doubt:
    clearness: float  # how many standard deviations the first axis lies above chance
    stability: float  # adjusted Rand index of the halves; 1 the same, 0 chance

    @property
    def is_clear(self) -> bool:
        return self.clearness >= CLEAR

    @property
    def is_stable(self) -> bool:
        return self.stability >= STABLE


def sample(votes: Votes, seed: int = 0) -> Votes:
    """The people on whom doubts are tried: more of them where each has voted less."""
    people = len(votes.participants)
    wanted = max(_PEOPLE, round(_VOTES * people / max(1, len(votes.vote))))
    if people <= wanted:
        return votes
    return votes.of_people(np.sort(np.random.default_rng(seed).choice(people, wanted, replace=False)))


def clearness(votes: Votes, seed: int = 0) -> float:
    """The strength of the first axis beside that of the same votes dealt anew within each statement, as a z value."""
    chance = np.random.default_rng(seed)
    by_statement = np.argsort(votes.column, kind="stable")
    mean = find_space(votes).mean
    seen = strongest(votes, mean, 1, tolerance=1e-6)[0][0]
    dealt = [strongest(_dealt(votes, by_statement, chance), mean, 1, tolerance=1e-3)[0][0] for _ in range(_DEALS)]
    spread = float(np.std(dealt, ddof=1))
    return float((seen - np.mean(dealt)) / spread) if spread > 1e-9 * max(1.0, seen) else 0.0


def _dealt(votes: Votes, by_statement: Ints, chance: np.random.Generator) -> Votes:
    """The same votes on each statement, in other hands."""
    keys = votes.column[by_statement] + chance.random(len(by_statement))
    vote = np.empty_like(votes.vote)
    vote[by_statement] = votes.vote[by_statement[np.argsort(keys)]]
    return Votes(votes.participants, votes.statements, votes.start, votes.column, vote)


@dataclass(frozen=True)
class Halves:
    """Where the same people stand on two maps that share no statement, for each of several halvings."""

    points: tuple[tuple[Floats, Floats], ...]

    @classmethod
    def of(cls, votes: Votes, seed: int = 0) -> "Halves":
        chance = np.random.default_rng(seed)
        return cls(tuple(_halved(votes, chance) for _ in range(_HALVES)))

    def stability(self, k: int) -> float:
        """How well the two maps agree about k groups: the median over the halvings, 0 where people are too few."""
        found = [agreement(_nearest(one, k), _nearest(two, k)) for one, two in self.points if len(one) > k]
        return float(np.median(found)) if len(found) == len(self.points) else 0.0


def _halved(votes: Votes, chance: np.random.Generator) -> tuple[Floats, Floats]:
    width = len(votes.statements)
    half = np.zeros(width, dtype=np.bool_)
    half[chance.permutation(width)[: width // 2]] = True
    one, two = votes.only(half), votes.only(~half)
    well_known = _who_voted_most(np.minimum(one.counts, two.counts))
    return find_space(one).place(one)[well_known], find_space(two).place(two)[well_known]


def _who_voted_most(counts: Ints) -> Ints:
    """Those with seven votes on each half; where they are few, those with less, but never with one vote only."""
    for enough in range(_ENOUGH_VOTES, 1, -1):
        found = np.flatnonzero(counts >= enough)
        if len(found) >= min(_PEOPLE_WANTED, len(counts) // 2):
            break
    return found[:_PEOPLE_OF_HALVES]


def _nearest(points: Floats, k: int) -> Ints:
    group_of: Ints = cdist(points, means(points, np.ones(len(points)), k, starts=_STARTS)).argmin(axis=1)
    return group_of
