"""The share of a theme in one round of listening beside that in another.

Shares with Wilson's interval (1927); a change is named only if a test of two shares (pooled normal) passes after
Benjamini and Hochberg (1995), because many themes are compared at once.

Limits: voices are whoever spoke, not a sample of the community: a share says what was said, not how many think it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from rapport.insight.methods.estimating.estimates import wilson

from .rising import adjusted

_RATE = 0.05


@dataclass(frozen=True)
class Share:
    voices: int
    of: int
    low: float
    high: float
    change: int = 0  # 1 more, -1 less than in the round before, beyond chance

    @property
    def share(self) -> float | None:
        return self.voices / self.of if self.of else None

    @property
    def percent(self) -> int:
        return round(100 * (self.share or 0))

    @property
    def percent_low(self) -> int:
        return round(100 * self.low)

    @property
    def percent_high(self) -> int:
        return round(100 * self.high)


def shares(counts: Sequence[Sequence[int]], totals: Sequence[int], rate: float = _RATE) -> list[list[Share]]:
    """One row a theme, one column a round, oldest first."""
    tested = [
        (row, column, _p(counts[row][column - 1], totals[column - 1], counts[row][column], totals[column]))
        for row in range(len(counts))
        for column in range(1, len(totals))
    ]
    held = adjusted([p for _row, _column, p in tested]).tolist() if tested else []
    changed = {(row, column) for (row, column, _p), p in zip(tested, held, strict=True) if p <= rate}
    return [
        [_share(each, row, column, totals, (row_number, column) in changed) for column, each in enumerate(row)]
        for row_number, row in enumerate(counts)
    ]


def _share(voices: int, row: Sequence[int], column: int, totals: Sequence[int], is_changed: bool) -> Share:
    low, high = interval(voices, totals[column])
    before = row[column - 1] / totals[column - 1] if column and totals[column - 1] else 0.0
    change = (1 if voices / totals[column] > before else -1) if is_changed else 0
    return Share(voices, totals[column], low, high, change)


def interval(voices: int, of: int) -> tuple[float, float]:
    return wilson(voices / of, of) if of else (0.0, 1.0)


def _p(one: int, of_one: int, other: int, of_other: int) -> float:
    if not of_one or not of_other:
        return 1.0
    pooled = (one + other) / (of_one + of_other)
    spread = sqrt(pooled * (1 - pooled) * (1 / of_one + 1 / of_other))
    return erfc(abs(one / of_one - other / of_other) / spread / sqrt(2)) if spread else 1.0
