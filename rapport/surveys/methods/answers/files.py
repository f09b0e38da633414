"""Tables of answers as rows of cells: SPSS `.sav` here, CSV and XLSX by `lib.tables`."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

MOST_ROWS = 200_000
_AT_ONCE = 10_000


class BrokenFile(ValueError):
    """SPSS would not open it either."""


@dataclass(frozen=True)
class SavTable:
    """A file of SPSS: its variables, and what their values are called."""

    path: Path

    @cached_property
    def _about(self) -> Any:
        return self._read(metadataonly=True)[1]

    def _read(self, **how: Any) -> Any:
        import pyreadstat

        try:
            return pyreadstat.read_sav(str(self.path), output_format="dict", **how)
        except Exception as problem:  # ReadStat has no error of its own for a broken file
            raise BrokenFile(type(problem).__name__) from problem

    def names(self) -> list[str]:
        return list(self._about.column_names)

    def words(self) -> dict[str, str]:
        """What each variable is about, in words."""
        return {name: said for name, said in self._about.column_names_to_labels.items() if said}

    def labels(self) -> dict[str, dict[str, str]]:
        """What each value of a variable is called."""
        found = self._about.variable_value_labels
        return {name: {_plain(code): str(said) for code, said in labels.items()} for name, labels in found.items()}

    def rows(self) -> Iterator[tuple[int, dict[str, Any]]]:
        start = 0
        while True:
            columns, _about = self._read(row_offset=start, row_limit=_AT_ONCE)
            names = list(columns)
            count = len(columns[names[0]]) if names else 0
            for n in range(count):
                cells = {name: columns[name][n] for name in names}
                if any(value is not None and value == value and value != "" for value in cells.values()):  # noqa: PLR0124 - nan
                    yield start + n + 1, {name: _cell(value) for name, value in cells.items()}
            if count < _AT_ONCE:
                return
            start += count


def _cell(value: Any) -> Any:
    return None if value is None or value != value else value  # noqa: PLR0124 - nan is not equal to itself


def _plain(code: Any) -> str:
    return str(int(code)) if isinstance(code, float) and code.is_integer() else str(code)
