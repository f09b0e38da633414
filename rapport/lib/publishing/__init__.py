"""The one door through which every number about people goes out: small ones stay in, and what would give them away.

Whatever anyone may read about how many people are, said or did something, sorted by what they are, said or where they
come from, is asked for here, by every area. Decision: docs/decisions/one-door-for-numbers.md.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.conf import settings

if TYPE_CHECKING:
    from numpy.typing import NDArray

Cells = Sequence[Sequence[int | None]]
Counts = Any  # a number, a list or a table of whole numbers, as lists or as an array


@dataclass(frozen=True)
class Published:
    """What may be shown: cells (rows, columns) and the sums of the rows; None stays hidden."""

    cells: Cells
    totals: Sequence[int | None]

    @property
    def number(self) -> int | None:
        return self.cells[0][0]

    @property
    def row(self) -> Sequence[int | None]:
        return self.cells[0] if self.cells else []

    @property
    def hidden(self) -> int:
        return sum(n is None for row in self.cells for n in row)

    @property
    def hides(self) -> list[bool]:
        """Of a list: which of it is hidden."""
        return [n is None for n in self.row]


def published(
    counts: Counts,
    *,
    asked: Any = None,
    before: Sequence[Any] = (),
    asked_before: Sequence[int] = (),
    threshold: int | None = None,
) -> Published:
    """What may go out of a number, a list whose sum is known, or a table (rows, columns) with all its sums.

    `asked` says that each number stands for itself (several could be chosen), and of how many people: one number for a
    list, one for each column of a table. `before` are the same lists as they went out earlier, the oldest first, of
    fewer of the same people: what came since is protected as well.
    """
    least = int(settings.HOUSE.threshold) if threshold is None else threshold
    if isinstance(counts, int):
        return Published([[None if 0 < counts < least else counts]], [])

    import numpy as np  # only where a list or a table goes out

    table = np.asarray(counts, dtype=np.int64)
    if table.ndim == 2:
        return _table(table, asked, least)
    return _list(table, asked, before, asked_before, least)


def _list(
    counts: "NDArray[Any]", asked: int | None, before: Sequence[Any], asked_before: Sequence[int], least: int
) -> Published:
    from .hiding import hidden_in_choices_in_series, hidden_in_series

    if not len(counts):
        return Published([[]], [])
    if asked is None:
        hidden = hidden_in_series([*before, counts], least)
    else:
        hidden = hidden_in_choices_in_series([*before, counts], [*asked_before, asked], least)
    total = int(counts.sum()) if asked is None else asked
    return Published([_shown(counts, hidden)], [None if 0 < total < least else total])


def _table(table: "NDArray[Any]", asked: Any, least: int) -> Published:
    """A table with its sums is attacked before it goes out: where that narrows a small number down, all stays in."""
    import numpy as np

    from .attacking import DOUBT, least_doubt
    from .hiding import hidden_in_choices_by_group, hidden_in_list, hidden_in_table

    if asked is not None:
        hidden = hidden_in_choices_by_group(table, asked, least)
        return Published([_shown(row, gone) for row, gone in zip(table, hidden, strict=True)], [])
    sums = table.sum(axis=1)
    no_total = hidden_in_list(sums, least) if len(sums) else np.zeros(0, dtype=bool)
    hidden = hidden_in_table(table, least) if table.size else np.zeros(table.shape, dtype=bool)
    hidden[no_total] = True  # else what is left of a hidden total would be read off its row
    if table.size and least_doubt(table, hidden, no_total, least) < DOUBT:
        hidden[:], no_total[:] = True, True
    return Published([_shown(row, gone) for row, gone in zip(table, hidden, strict=True)], _shown(sums, no_total))


def _shown(counts: "NDArray[Any]", hidden: "NDArray[Any]") -> list[int | None]:
    return [None if gone else int(n) for n, gone in zip(counts, hidden, strict=True)]
