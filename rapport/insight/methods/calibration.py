"""What known totals explain: the residuals that standard errors of calibrated estimates are made from.

An estimate from calibrated weights varies as the residuals of a regression on the calibration variables do (Deville
and Särndal 1992). The regression weighs each row by its start weight, as R's `postStratify` and `calibrate`; R's
`rake` weighs all rows alike, and so `rake` here does too (see docs/decisions/weighting.md).
"""

from dataclasses import dataclass

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
        count = len(self.cells.codes)
        shown = self.cells.indicators()
        of_cell = np.bincount(self.cells.of_row, self.spread, count).astype(np.float64)
        normal = (shown.T @ sparse.diags_array(of_cell) @ shown).toarray()
        return np.stack([self._left(column, shown, normal) for column in scores.T], axis=1)

    def _left(self, scores: Floats, shown: sparse.csr_array, normal: Floats) -> Floats:
        values = _unweighted(scores, self.weights)
        sums = np.bincount(
            self.cells.of_row, values if self.spread is None else values * self.spread, len(self.cells.codes)
        )
        slopes = np.linalg.lstsq(normal, shown.T @ sums)[0]
        left: Floats = scores - self.weights * (shown @ slopes)[self.cells.of_row]
        return left


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
    weights = np.broadcast_to(weights, scores.shape)
    return np.divide(scores, weights, out=np.zeros_like(scores), where=weights > 0)
