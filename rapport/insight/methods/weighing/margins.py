"""Margins: what is known of the population, and whether the answers can be weighed to it at all."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from .designs import Codes, Floats


@dataclass(frozen=True)
class Margin:
    """One known margin: the level of each row (`codes` (rows,), from 0) and the population of each level (`targets`).

    Targets may be counts or shares; they are scaled to the total that is weighed to. `levels` are the names, in order.
    """

    name: str
    codes: Codes
    targets: ArrayLike
    levels: tuple[str, ...] = ()

    def shares(self) -> Floats:
        targets = np.asarray(self.targets, dtype=np.float64)
        shares: Floats = targets / targets.sum()
        return shares

    def named(self, level: int) -> str:
        return self.levels[level] if self.levels else str(level)

    def check(self) -> None:
        """Raises ValueError for targets that cannot be, and for codes that have none."""
        targets = np.asarray(self.targets, dtype=np.float64)
        if not np.isfinite(targets).all() or (targets < 0).any() or not targets.any():
            raise ValueError(f"{self.name}: targets are 0 or more, and not all 0")
        if self.codes.min() < 0 or self.codes.max() >= len(targets):
            raise ValueError(f"{self.name}: each row has one of the {len(targets)} levels")

    def check_levels(self, counts: Codes) -> None:
        """Hold how many answered (levels,) against the targets. Raises EmptyLevel and LevelWithoutPeople."""
        targets = self.shares()
        if ((counts == 0) & (targets > 0)).any():
            level = int(np.argmax((counts == 0) & (targets > 0)))
            raise EmptyLevel(self, level, _neighbour(level, counts))
        if ((counts > 0) & (targets == 0)).any():
            raise LevelWithoutPeople(self, int(np.argmax((counts > 0) & (targets == 0))))


class EmptyLevel(ValueError):
    """Nobody who answered is of a level that has people in the population. `join` is the neighbour to join it with."""

    def __init__(self, margin: Margin, level: int, join: int | None) -> None:
        self.margin, self.level = margin.name, margin.named(level)
        self.join = None if join is None else margin.named(join)
        advice = f"; join it with {self.join}" if self.join else ""
        super().__init__(f"Nobody who answered is {self.level} in {self.margin}{advice}")


class LevelWithoutPeople(ValueError):
    """Some who answered are of a level that the population does not have."""

    def __init__(self, margin: Margin, level: int) -> None:
        self.margin, self.level = margin.name, margin.named(level)
        super().__init__(f"Some who answered are {self.level} in {self.margin}, but its target is 0")


def _neighbour(level: int, counts: Codes) -> int | None:
    """The nearest level on either side that has answers, the smaller of two: levels such as ages stand in order."""
    below = next((i for i in range(level - 1, -1, -1) if counts[i]), None)
    above = next((i for i in range(level + 1, len(counts)) if counts[i]), None)
    return min((i for i in (below, above) if i is not None), key=lambda i: int(counts[i]), default=None)
