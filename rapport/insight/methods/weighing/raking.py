"""Raking on cells: rows that are alike in all margins get the same factor, so only their sums are needed.

Iterative proportional fitting (Deming and Stephan 1940). The sums of cells may come from a GROUP BY, or be added up
over several databases: a million people in four margins are a few thousand cells. With bounds, every round ends by
cutting what lies outside (Izrael, Battaglia and Frankel 2009); the next round spreads what was cut.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .calibration import Cells
from .designs import Codes, Floats, numbered

_MOST_CELLS = 1 << 22


@dataclass(frozen=True)
class Raked:
    """The masses (cells,) after raking, the rounds it took, and the largest miss of each margin as a share of all."""

    masses: Floats
    rounds: int
    misses: tuple[float, ...]


def cells_of(codes: Sequence[Codes], sizes: Sequence[int]) -> Cells:
    """Group rows by all their codes (each (rows,), from 0 to below its size)."""
    index: Codes = codes[0].astype(np.intp)
    product = sizes[0]
    for column, size in zip(codes[1:], sizes[1:], strict=True):
        if product * size > _MOST_CELLS:
            index, product = numbered(index)
        index = index * size
        index += column
        product *= size
    if product > _MOST_CELLS:
        index, product = numbered(index)
    there = np.bincount(index, minlength=product) > 0
    of_row = (np.cumsum(there) - 1)[index]
    some = np.empty(int(there.sum()), dtype=np.intp)
    some[of_row] = np.arange(len(of_row))
    return Cells(of_row, np.stack([column[some] for column in codes], axis=1).astype(np.intp), tuple(sizes))


def rake_cells(
    masses: Floats,
    codes: Codes,
    shares: Sequence[Floats],
    *,
    total: float,
    bounds: tuple[Floats, Floats] | None = None,
    tolerance: float = 1e-10,
    most: int = 1000,
) -> Raked:
    """Rake `masses` (cells,), the summed start weights, until each margin has its shares of `total`.

    `codes` (cells, margins) are the levels, `shares` one array for each margin. `bounds` are the least and most mass of
    each cell. Stops when a round moves no cell by more than `tolerance` of the total, or after `most` rounds.
    """
    targets = [share * total for share in shares]
    columns = [np.ascontiguousarray(column) for column in codes.T]
    now = masses * (total / masses.sum())
    rounds, moved = 0, np.inf
    while rounds < most and moved > tolerance * total:
        before, rounds = now, rounds + 1
        for column, target in zip(columns, targets, strict=True):
            sums = np.bincount(column, now, len(target))
            now = now * np.divide(target, sums, out=np.zeros_like(target), where=sums > 0)[column]
        if bounds:
            now = np.clip(now, *bounds)
        moved = float(np.abs(now - before).max())
    misses = [
        float(np.abs(np.bincount(column, now, len(target)) - target).max()) / total
        for column, target in zip(columns, targets, strict=True)
    ]
    return Raked(now, rounds, tuple(misses))
