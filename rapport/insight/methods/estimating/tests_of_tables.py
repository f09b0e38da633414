"""Do two questions go together? Pearson's test of a weighted table, corrected for the design.

Rao and Scott (1981, 1984): under a complex design Pearson's statistic is a weighted sum of chi-squares, whose weights
are the generalised design effects. The first-order correction divides by their mean; the second-order one compares
with an F distribution on Satterthwaite degrees of freedom (Thomas and Rao 1987), as R's `svychisq` does by default.

Limits: with fewer clusters than cells the correction itself is uncertain; it says nothing about how strong a tie is
(`cramers_v` does, a little).
"""

import math
from dataclasses import dataclass

import numpy as np
from scipy import special
from scipy.linalg import helmert

from rapport.insight.methods.weighing.designs import Codes, Design, Floats, Truths


@dataclass(frozen=True)
class RaoScott:
    """The tests of a table; where there is a `label`, p speaks only of those who answered.

    `f`, `df_numerator`, `df_denominator` and `p` are the second-order (F) test; `chi_square`, `deff` (the mean
    generalised design effect), `df` and `p_first_order` the first-order one.
    """

    f: float
    df_numerator: float
    df_denominator: float
    p: float
    chi_square: float
    deff: float
    df: int
    p_first_order: float
    cramers_v: float
    n: int
    label: str = ""


def rao_scott(design: Design, rows: Codes, columns: Codes) -> RaoScott:
    """Test whether `rows` and `columns` (each (rows,), negative where missing) go together.

    Raises ValueError where a question has fewer than two levels with answers.
    """
    row, r = _levels(rows, (rows >= 0) & (columns >= 0) & (design.weights > 0))
    column, c = _levels(columns, row >= 0)
    if min(r, c) < 2:
        raise ValueError("A table has at least two rows and two columns")
    shares, covariance, n = _shares(design, np.where(row >= 0, row * c + column, -1), r * c)
    table = shares.reshape(r, c)
    expected = np.outer(table.sum(axis=1), table.sum(axis=0))
    pearson = n * float(((table - expected) ** 2 / expected).sum())
    effects = _effects(shares, covariance, n, np.kron(helmert(r), helmert(c)).T)
    trace = float(np.trace(effects))
    numerator = trace**2 / float(np.trace(effects @ effects))
    denominator = numerator * design.freedom()
    f, df = pearson / trace, len(effects)
    return RaoScott(
        f=f,
        df_numerator=numerator,
        df_denominator=denominator,
        p=float(special.fdtrc(numerator, denominator, f)),
        chi_square=pearson,
        deff=trace / df,
        df=df,
        p_first_order=float(special.chdtrc(df, pearson * df / trace)),
        cramers_v=math.sqrt(pearson / n / (min(r, c) - 1)),
        n=n,
        label=design.label,
    )


def _levels(codes: Codes, seen: Truths) -> tuple[Codes, int]:
    """Codes of the levels that occur, -1 elsewhere, and their number."""
    levels, found = np.unique(codes[seen], return_inverse=True)
    numbers = np.full(len(codes), -1)
    numbers[seen] = found
    return numbers, len(levels)


def _shares(design: Design, cell: Codes, cells: int) -> tuple[Floats, Floats, int]:
    """The weighted share of each cell, their covariance, and how many answered."""
    weights = np.where(cell >= 0, design.weights, 0.0)
    size = weights.sum()
    shares = np.bincount(np.maximum(cell, 0), weights, cells) / size
    scores = (cell[:, None] == np.arange(cells)) - shares
    scores *= (weights / size)[:, None]
    return shares, design.covariance(scores), int(np.count_nonzero(weights))


def _effects(shares: Floats, covariance: Floats, n: int, contrasts: Floats) -> Floats:
    """The matrix whose eigenvalues are the generalised design effects, over the contrasts of interaction."""
    inverse = np.zeros_like(shares)
    inverse[shares > 0] = 1 / shares[shares > 0]
    scaled: Floats = inverse[:, None] * contrasts
    return np.linalg.solve(contrasts.T @ scaled / n, scaled.T @ covariance @ scaled).astype(np.float64)
