"""Weighted tables of coded answers, in one pass, and mergeable.

A table holds three sums for each cell: how many answered, their weights, and the squares of their weights. The sums of
two parts of a survey add up to those of the whole, so parts may be counted where they lie. Answers are small whole
numbers, -1 where missing.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from rapport.insight.methods.weighing.designs import Codes, Floats


@dataclass(frozen=True)
class Crosstab:
    """Sums for each cell, each (levels of the row question, levels of the column question)."""

    counts: Codes
    weighted: Floats
    squared: Floats

    def __add__(self, other: "Crosstab") -> "Crosstab":
        return Crosstab(self.counts + other.counts, self.weighted + other.weighted, self.squared + other.squared)

    def shares(self) -> Floats:
        """Of all who answered both."""
        return _parts(self.weighted, self.weighted.sum())

    def column_shares(self) -> Floats:
        """Within each column: how each group answered the row question."""
        return _parts(self.weighted, self.weighted.sum(axis=0))

    def row_shares(self) -> Floats:
        return _parts(self.weighted, self.weighted.sum(axis=1, keepdims=True))

    def n_effective(self) -> Floats:
        """How many equally weighted answers each column is worth (Kish 1965)."""
        return _parts(self.weighted.sum(axis=0) ** 2, self.squared.sum(axis=0))


def crosstab(
    rows: Codes,
    columns: Codes | None = None,
    *,
    levels: tuple[int, int],
    weights: Floats | None = None,
    squares: Floats | None = None,
) -> Crosstab:
    """Count `rows` by `columns`, each (rows,), from -1 to below their number of `levels`.

    Without `columns` all are one group. `squares` are those of the weights, for a caller who makes many tables.
    Raises ValueError for codes out of range.
    """
    columns = np.zeros(len(rows), dtype=np.int8) if columns is None else columns
    for codes, count in zip((rows, columns), levels, strict=True):
        if len(codes) and not -1 <= codes.min() <= codes.max() < count:
            raise ValueError(f"Codes go from -1 to {count - 1}")
    cell = rows.astype(np.intp)
    cell += 1
    cell *= levels[1] + 1
    cell += columns
    cell += 1
    counts = _table(cell, None, levels).astype(np.intp)
    if weights is None:
        return Crosstab(counts, counts.astype(np.float64), counts.astype(np.float64))
    squares = weights * weights if squares is None else squares
    return Crosstab(counts, _table(cell, weights, levels), _table(cell, squares, levels))


def crosstabs(
    questions: Mapping[str, tuple[Codes, int]], by: tuple[Codes, int], *, weights: Floats | None = None
) -> dict[str, Crosstab]:
    """Each question, as its codes and its number of levels, by the same groups."""
    squares = None if weights is None else weights * weights
    return {
        name: crosstab(codes, by[0], levels=(count, by[1]), weights=weights, squares=squares)
        for name, (codes, count) in questions.items()
    }


def _table(cell: Codes, weights: Floats | None, levels: tuple[int, int]) -> Floats:
    """Sums by cell, without the row and the column of those who did not answer."""
    shape = levels[0] + 1, levels[1] + 1
    sums = np.bincount(cell, weights, shape[0] * shape[1]).reshape(shape)[1:, 1:]
    return sums.astype(np.float64)


def _parts(of: Floats, whole: Floats) -> Floats:
    """Shares, and not a number where there is nobody to share."""
    parts: Floats = np.divide(of, whole, out=np.full(of.shape, np.nan), where=np.asarray(whole) > 0)
    return parts
