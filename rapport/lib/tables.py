"""Tables from outside (CSV, XLSX), read defensively: any usual encoding and delimiter, row by row."""

import codecs
import csv
import warnings
from collections.abc import Collection, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO
from zipfile import BadZipFile

from django.utils.translation import gettext as _

from .unpacking import TooMuchInside, measure

LARGEST_UNPACKED = 500_000_000
MOST_COLUMNS = 5_000
_PIECE = 1 << 20
csv.field_size_limit(1_000_000)

Cell = str | datetime | date
Row = dict[str, Cell]
Cells = Generator[list[Cell], None, None]


class UnreadableTable(Exception):
    """What stands in the file is no table that we can read; the words say why."""


def day_in(row: Row, column: str, number: int) -> date:
    """The day that stands in this column of a row. Raises ValueError that names the row."""
    cell = row.get(column, "")
    try:
        return cell.date() if isinstance(cell, datetime) else date.fromisoformat(str(cell).strip()[:10])
    except ValueError as problem:
        said = _("row %(number)s: %(cell)s in %(column)s is no date such as 2026-11-28")
        raise ValueError(said % {"number": number, "cell": cell or "—", "column": column}) from problem


@dataclass(frozen=True)
class Table:
    """A table in a file, read from its start each time that its rows are asked for."""

    path: Path

    def names(self) -> list[str]:
        """What the first row calls the columns."""
        with closing(self._cells()) as cells:
            names = [str(name).strip() for name in next(cells, [])]
        if not any(names):
            raise UnreadableTable(_("It is empty."))
        return names

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row with its number, under the names of the first; empty ones are left out."""
        names, cells = self.names(), self._cells()
        next(cells, None)
        for number, row in enumerate(cells, 2):
            if any(row):
                yield number, dict(zip(names, row, strict=False))

    def columns(self, wanted: Collection[str]) -> tuple[list[int], dict[str, list[str]]]:
        """The wanted columns as text without outer blanks, and the number of each row; empty rows are left out."""
        names, cells = self.names(), self._cells()
        places = {name: names.index(name) for name in wanted}
        numbers: list[int] = []
        columns: dict[str, list[str]] = {name: [] for name in wanted}
        next(cells, None)
        for number, row in enumerate(cells, 2):
            if not any(row):
                continue
            if any(row[len(names) :]):
                raise UnreadableTable(_("Row %(row)s has more cells than there are columns.") % {"row": number})
            numbers.append(number)
            for name, place in places.items():
                columns[name].append(str(row[place]).strip() if place < len(row) else "")
        return numbers, columns

    def column(self, name: str) -> list[str]:
        """Every row's cell of this column, blank rows too: for answers that are given row by row."""
        names, cells = self.names(), self._cells()
        if name not in names:
            raise UnreadableTable(_("There is no column %(name)s") % {"name": name})
        place = names.index(name)
        next(cells, None)
        return [str(row[place]).strip() if place < len(row) else "" for row in cells if row]

    def grid(self, *, most: int) -> list[list[Cell]]:
        """Every row as it stands, of at most so many cells: for tables whose names do not stand in the first row."""
        found, cells = [], 0
        for row in self._cells():
            cells += len(row)
            if cells > most:
                raise UnreadableTable(_("It has more than %(most)s cells.") % {"most": most})
            if any(row):
                found.append(row)
        if not found:
            raise UnreadableTable(_("It is empty."))
        return found

    def count(self) -> int:
        return sum(any(row) for row in self._cells()) - 1

    def _cells(self) -> Cells:
        return _from_xlsx(self.path) if self.path.suffix.lower() == ".xlsx" else _from_csv(self.path)


def _from_csv(path: Path) -> Cells:
    with path.open(encoding=_encoding(path), newline="") as file:
        delimiter = _delimiter(file.readline(8192))
        file.seek(0)
        try:
            yield from csv.reader(file, delimiter=delimiter)
        except csv.Error as problem:
            raise UnreadableTable(str(problem)) from problem


def _encoding(path: Path) -> str:
    """UTF-8 if every byte of it is; otherwise what older office programs write."""
    with path.open("rb") as file:
        if file.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            return "utf-16"
        file.seek(0)
        for encoding in ("utf-8-sig", "cp1252"):
            if _is_all(encoding, file):
                return encoding
            file.seek(0)
    return "latin-1"


def _is_all(encoding: str, file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _delimiter(first_line: str) -> str:
    """The one that stands most often between the names; a single column needs none."""
    return max(",;\t|", key=first_line.count)


def _from_xlsx(path: Path) -> Cells:
    """Read defensively: measured before it is opened, and never believed about its own size."""
    from openpyxl import load_workbook

    _refuse_bombs(path)
    try:
        with (
            warnings.catch_warnings(action="ignore"),
            closing(load_workbook(path, read_only=True, data_only=True)) as book,
        ):
            sheet = book.worksheets[0]
            sheet.reset_dimensions()
            for row in sheet.iter_rows(values_only=True):
                if len(row) > MOST_COLUMNS:
                    raise UnreadableTable(_("It has more than %(most)s columns.") % {"most": MOST_COLUMNS})
                yield [cell if isinstance(cell, datetime) else "" if cell is None else str(cell) for cell in row]
    except UnreadableTable:
        raise
    except Exception as problem:  # a broken file breaks openpyxl in many ways, with no error of its own
        raise UnreadableTable(_("It is broken.")) from problem


def _refuse_bombs(path: Path) -> None:
    try:
        with path.open("rb") as file:
            measure(file, most=LARGEST_UNPACKED)
    except TooMuchInside as problem:
        megabytes = LARGEST_UNPACKED // 1_000_000
        raise UnreadableTable(_("Unpacked it is larger than %(n)s MB.") % {"n": megabytes}) from problem
    except BadZipFile as problem:
        raise UnreadableTable(_("It is broken.")) from problem
