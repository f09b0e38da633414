"""One question by another: shares within each group, what stands out, and whether the two go together."""

import math
from dataclasses import dataclass, field

import numpy as np
from django.utils.translation import gettext as _

from rapport.insight.columns.encoding import Array
from rapport.insight.methods.estimating.crosstabs import crosstab
from rapport.insight.methods.estimating.tests_of_tables import rao_scott
from rapport.insight.results.ground import Ground, Truths
from rapport.insight.results.variables import Variable
from rapport.lib.publishing.hiding import hidden_in_choices_by_group, hidden_in_table

_STANDS_OUT = 2.0
_MOST_TESTED = 100_000
_LEAST_EXPECTED = 5


@dataclass(frozen=True)
class Cell:
    """How many, and their share of the group; `stands_out` is 1 for more than expected, -1 for fewer."""

    count: int | None
    share: float | None
    stands_out: int = 0
    row: str = ""
    column: str = ""

    @property
    def is_hidden(self) -> bool:
        return self.count is None


@dataclass(frozen=True)
class Tested:
    """Whether two questions go together; `label` says of whom it speaks, `doubt` what makes it uncertain."""

    name: str
    p: float
    cramers_v: float
    label: str = ""
    doubt: str = ""

    @property
    def goes_together(self) -> bool:
        return self.p < 0.05

    @property
    def shown(self) -> str:
        return "< 0.001" if self.p < 0.001 else f"{self.p:.3f}"


@dataclass(frozen=True)
class Table:
    """`totals` (how many of each group) are None as soon as a cell of theirs is hidden."""

    rows: Variable
    by: Variable
    cells: list[tuple[str, list[Cell]]] = field(default_factory=list)
    totals: list[int | None] = field(default_factory=list)
    n: int = 0
    tested: Tested | None = None

    @property
    def has_hidden(self) -> bool:
        return any(cell.is_hidden for _row, cells in self.cells for cell in cells)


def table_of(ground: Ground, rows: Variable, by: Variable) -> Table:
    there = rows.answered() & by.answered() & ground.mask
    if not there.any():
        return Table(rows, by)
    counts, weighted = _counted(rows, by, there, ground.weights)
    bases = _bases(rows, by, there, ground.weights)
    hidden = _hidden(ground, rows, by, counts, bases[0])
    shares = np.divide(weighted, bases[1], out=np.zeros_like(weighted), where=bases[1] > 0)
    out = _stands_out(weighted, counts) if not (rows.is_many or by.is_many) else np.zeros(counts.shape, int)
    cells = [
        (
            words,
            [
                Cell(None, None, 0, rows.levels[i], by.levels[j])
                if hidden[i, j]
                else Cell(int(counts[i, j]), float(shares[i, j]), int(out[i, j]), rows.levels[i], by.levels[j])
                for j in range(len(by.levels))
            ],
        )
        for i, words in enumerate(rows.words)
    ]
    totals = [None if hidden[:, j].any() else int(bases[0][j]) for j in range(len(by.levels))]
    return Table(rows, by, cells, totals, int(there.sum()), _tested(ground, rows, by, there))


def _hidden(ground: Ground, rows: Variable, by: Variable, counts: Array, asked: Array) -> Truths:
    """Choices that stand each for itself, or answers of which everybody gave one."""
    if rows.is_many or by.is_many:
        return hidden_in_choices_by_group(counts, asked, ground.threshold)
    return hidden_in_table(counts, ground.threshold)


def _counted(rows: Variable, by: Variable, there: Truths, weights: Array | None) -> tuple[Array, Array]:
    if rows.codes is not None and by.codes is not None:
        levels = len(rows.levels), len(by.levels)
        found = crosstab(
            rows.codes[there], by.codes[there], levels=levels, weights=None if weights is None else weights[there]
        )
        return found.counts, found.weighted
    plain = np.ones(len(there)) if weights is None else weights
    of_rows = [rows.has(level) & there for level in rows.levels]
    of_columns = [by.has(level) for level in by.levels]
    counts = np.array([[int((one & other).sum()) for other in of_columns] for one in of_rows])
    return counts, np.array([[float(plain[one & other].sum()) for other in of_columns] for one in of_rows])


def _bases(rows: Variable, by: Variable, there: Truths, weights: Array | None) -> tuple[Array, Array]:
    """How many stand in each group: with several choices in the rows, each is counted once."""
    plain = np.ones(len(there)) if weights is None else weights
    groups = [by.has(level) & there for level in by.levels]
    return np.array([int(group.sum()) for group in groups]), np.array([float(plain[group].sum()) for group in groups])


def _stands_out(weighted: Array, counts: Array) -> Array:
    """Adjusted residuals (Haberman 1973) beyond two, of counts scaled to the number that answered."""
    scaled = weighted * (counts.sum() / weighted.sum())
    total = scaled.sum()
    across, down = scaled.sum(axis=1, keepdims=True) / total, scaled.sum(axis=0, keepdims=True) / total
    expected = across * down * total
    spread = np.sqrt(expected * (1 - across) * (1 - down))
    residuals = np.divide(scaled - expected, spread, out=np.zeros_like(scaled), where=spread > 0)
    marked: Array = np.where((np.abs(residuals) >= _STANDS_OUT) & (expected >= 1), np.sign(residuals), 0).astype(int)
    return marked


def _tested(ground: Ground, rows: Variable, by: Variable, there: Truths) -> Tested | None:
    """Rao and Scott's test where answers are weighed or the population is finite, Pearson's where they are not."""
    if rows.codes is None or by.codes is None:
        return None
    if len(np.unique(rows.codes[there])) < 2 or len(np.unique(by.codes[there])) < 2:
        return None
    said = "" if ground.has_margins else _of_whom(ground)
    if ground.weights is None or int(there.sum()) > _MOST_TESTED:
        return _pearson(ground, rows, by, there, said)
    found = rao_scott(ground.design, np.where(there, rows.codes, -1), np.where(there, by.codes, -1))
    if math.isnan(found.p):
        return None
    return Tested(_("Rao–Scott test of the weighed table"), found.p, found.cramers_v, said)


def _of_whom(ground: Ground) -> str:
    return _("It speaks only of those who answered: they were not drawn at random.")


def _pearson(ground: Ground, rows: Variable, by: Variable, there: Truths, said: str) -> Tested | None:
    from scipy.stats import chi2_contingency

    counts = _counted(rows, by, there, None)[0]
    counts = counts[counts.sum(axis=1) > 0][:, counts.sum(axis=0) > 0]
    found = chi2_contingency(counts, correction=False)
    strength = math.sqrt(found.statistic / counts.sum() / (min(counts.shape) - 1))
    doubt = (
        _("Some groups are so small that the test is uncertain.")
        if (found.expected_freq < _LEAST_EXPECTED).any()
        else ""
    )
    return Tested(_("Pearson's test"), float(found.pvalue), strength, said, doubt)
