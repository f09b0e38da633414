"""The rules given beforehand, and what a count answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

from ..lots import lots

Log = list[dict[str, Any]]


@dataclass(frozen=True)
class Beforehand:
    """What is fixed before the first ballot is cast.

    `quorum`: so many ballots make the vote count at all (abstentions are ballots). `seed`: of the lots for ties.
    `majority`: yes and no, gradients: the share that must be exceeded, or reached if it is more than one half.
    `most`: the highest score, or the number of dots a voter has. `objections`: so many do not stand in the way.
    """

    seats: int = 1
    quorum: int = 0
    seed: str = ""
    majority: Fraction = Fraction(1, 2)
    most: int | None = None
    objections: int = 0

    def reaches(self, part: int, whole: int) -> bool:
        """More than half; of a larger majority, that share itself is enough."""
        needed = self.majority * whole
        return part > needed if self.majority <= Fraction(1, 2) else whole > 0 and part >= needed


@dataclass(frozen=True)
class Result:
    """`winners` in the order of election; empty where nothing was decided, and `why` says why."""

    method: str
    winners: tuple[str, ...]
    steps: tuple[dict[str, Any], ...]
    ballots: int
    why: str = ""  # "quorum", "objections", "no majority", "nobody"

    def as_json(self) -> dict[str, Any]:
        facts = {"method": self.method, "winners": list(self.winners), "ballots": self.ballots}
        return {**facts, "why_nothing": self.why or None, "steps": list(self.steps)}


@dataclass(frozen=True)
class Ties:
    """The order in which ties are decided: by an earlier stage where there is one, then by the lot."""

    names: tuple[str, ...]
    seed: str

    @cached_property
    def place(self) -> dict[str, int]:
        return lots(self.names, self.seed)

    def lot(self, tied: Iterable[int]) -> int:
        """The one that the lot draws first."""
        return min(tied, key=lambda at: self.place[self.names[at]])

    def first(self, tied: Sequence[int], earlier: Sequence[Sequence[int]], highest: bool) -> tuple[int, str]:
        """Who had most (or least) at the latest earlier stage where they differed, else the lot; and which it was."""
        left = list(tied)
        for stage in reversed(earlier):
            best = (max if highest else min)(stage[at] for at in left)
            left = [at for at in left if stage[at] == best]
            if len(left) == 1:
                return left[0], "earlier stage"
        return self.lot(left), "lot"


def numbered(log: Log) -> tuple[dict[str, Any], ...]:
    return tuple({"step": number, **step} for number, step in enumerate(log, 1))
