"""What known totals explain: the residuals that standard errors of calibrated estimates are made from.

An estimate from calibrated weights varies as the residuals of a regression on the calibration variables do (Deville
and Särndal 1992). The regression weighs each row by its start weight, as R's `postStratify` and `calibrate`; R's
`rake` weighs all rows alike, and so does `rake` here unless it is told otherwise (docs/decisions/weighting.md).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from .designs import Codes, Floats


@dataclass(frozen=True)
class Cells:
    """Rows that are alike in all margins: `of_row` (rows,) is the cell of each, `codes` (cells, margins) what it is."""

    of_row: Codes
    codes: Codes
    sizes: tuple[int, ...]

    def indicators(self) -> sparse.csr_array:
        """A (cells, levels of all margins) matrix of zeros and ones."""
        count = len(self.codes)
        columns = (self.codes + np.cumsum([0, *self.sizes[:-1]])).ravel()
        starts = np.arange(count + 1) * len(self.sizes)
        return sparse.csr_array((np.ones(columns.size), columns, starts), shape=(count, sum(self.sizes)))


@dataclass(frozen=True)
class ByCells:
    """Calibration to the margins of cells. `weights` are the calibrated ones, `spread` those of the regression.

    Without `spread` all rows count alike in the regression.
    """

    cells: Cells
    weights: Floats
    spread: Floats | None

    def residuals(self, scores: Floats) -> Floats:
        if scores.shape[1] == 1:
            return self._left(scores[:, 0])[:, None]
        return np.stack([self._left(column) for column in scores.T], axis=1)

    def _left(self, scores: Floats) -> Floats:
        shown, normal = self._equations
        values = _unweighted(scores, self.weights)
        if self.spread is not None:
            values *= self.spread
        sums = np.bincount(self.cells.of_row, values, len(self.cells.codes))
        fitted = (shown @ np.linalg.lstsq(normal, shown.T @ sums)[0])[self.cells.of_row]
        fitted *= self.weights
        left: Floats = np.subtract(scores, fitted, out=fitted)
        return left

    @cached_property
    def _equations(self) -> tuple[sparse.csr_array, Floats]:
        """The levels of each cell, and the matrix of the normal equations."""
        shown = self.cells.indicators()
        of_cell = np.bincount(self.cells.of_row, self.spread, len(self.cells.codes)).astype(np.float64)
        return shown, (shown.T @ sparse.diags_array(of_cell) @ shown).toarray()


@dataclass(frozen=True)
class ByVariables:
    """Calibration to the totals of the columns of `x` (rows, p). `spread` are the weights of the regression."""

    x: Floats
    weights: Floats
    spread: Floats

    def residuals(self, scores: Floats) -> Floats:
        root = np.sqrt(self.spread)[:, None]
        values = _unweighted(scores, self.weights[:, None])
        slopes = np.linalg.lstsq(self.x * root, values * root)[0]
        left: Floats = scores - self.weights[:, None] * (self.x @ slopes)
        return left


def _unweighted(scores: Floats, weights: Floats) -> Floats:
    """Scores without their weights: what they are made of. Rows without weight have no part in them."""
    if weights.min() > 0:
        return scores / weights
    weights = np.broadcast_to(weights, scores.shape)
    return np.divide(scores, weights, out=np.zeros_like(scores), where=weights > 0)
