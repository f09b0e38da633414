"""Workbooks from outside as plain tables of text, read defensively: never more than a form can sensibly have.

Takes XLSX (and XLSM, whose macros are never looked at), CSV with several tables in one as ODK has it (the first cell
of a row names a table), and the old XLS where the `xlrd` library is installed.
"""

import csv
import io
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from rapport.lib.unpacking import TooMuchInside, measure

from .remarks import FormRefused, Reason, Remark

LARGEST_FILE = 5_000_000
LARGEST_UNPACKED = 60_000_000
MOST_SHEETS = 40
MOST_ROWS = 20_000
MOST_COLUMNS = 400
LONGEST_CELL = 20_000
_MOST_EMPTY = 20_000  # some programs say that a sheet has a million rows
_SHEETS = {"survey", "choices", "settings", "external_choices", "entities", "osm", "columns"}


@dataclass
class Sheet:
    """A table of text: its rows with the numbers that people see at the left, without empty ones."""

    name: str
    rows: list[tuple[int, list[str]]] = field(default_factory=list)


@dataclass
class Book:
    sheets: list[Sheet]

    def sheet(self, name: str) -> Sheet | None:
        return next((sheet for sheet in self.sheets if sheet.name.strip().lower() == name), None)


def open_book(content: bytes) -> Book:
    """Raises FormRefused where it is no table, or larger than a form can be."""
    if len(content) > LARGEST_FILE:
        raise FormRefused(Remark(Reason.TOO_LARGE, about=f"{LARGEST_FILE // 1_000_000} MB"))
    if content.startswith(b"PK"):
        return Book(list(_from_xlsx(content)))
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return Book(list(_from_xls(content)))
    return Book(list(_from_csv(content)))


def _from_xlsx(content: bytes) -> Iterator[Sheet]:
    _refuse_bombs(content)
    try:
        with warnings.catch_warnings(action="ignore"), closing(_workbook(content)) as book:
            _not_more(len(book.worksheets), MOST_SHEETS, "")
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # what a file says of its own size may be wrong
                yield _sheet(sheet.title, sheet.iter_rows(values_only=True))
    except FormRefused:
        raise
    except Exception as problem:  # a broken file breaks openpyxl in many ways, with no error of its own
        raise FormRefused(Remark(Reason.UNREADABLE, about=type(problem).__name__)) from problem


def _workbook(content: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(content), read_only=True, data_only=True)


def _refuse_bombs(content: bytes) -> None:
    try:
        measure(io.BytesIO(content), most=LARGEST_UNPACKED)
    except TooMuchInside as problem:
        raise FormRefused(Remark(Reason.TOO_LARGE, about=f"{LARGEST_UNPACKED // 1_000_000} MB")) from problem
    except zipfile.BadZipFile as problem:
        raise FormRefused(Remark(Reason.UNREADABLE, about=type(problem).__name__)) from problem


def _from_xls(content: bytes) -> Iterator[Sheet]:
    try:
        import xlrd
    except ImportError as lacking:
        raise FormRefused(Remark(Reason.OLD_EXCEL)) from lacking
    try:
        book = xlrd.open_workbook(file_contents=content, on_demand=True, logfile=io.StringIO())
        _not_more(book.nsheets, MOST_SHEETS, "")
        for sheet in book.sheets():
            yield _sheet(sheet.name, _old_rows(sheet))
    except FormRefused:
        raise
    except Exception as problem:  # as above
        raise FormRefused(Remark(Reason.UNREADABLE, about=type(problem).__name__)) from problem


def _old_rows(sheet: Any) -> Iterator[list[Any]]:
    """The old format keeps truth, and what went wrong, as numbers of another type."""
    for n in range(sheet.nrows):
        pairs = zip(sheet.row_values(n), sheet.row_types(n), strict=True)
        yield [bool(value) if kind == 4 else None if kind == 5 else value for value, kind in pairs]


def _from_csv(content: bytes) -> Iterator[Sheet]:
    rows = list(csv.reader(io.StringIO(_text(content), newline=""), skipinitialspace=True))
    starts = [n for n, row in enumerate(rows) if row and row[0].strip().lower() in _SHEETS]
    if not starts:
        yield _sheet("survey", rows)
        return
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        inner = [[], *([row[1:] for row in rows[start + 1 : end]])]
        sheet = _sheet(rows[start][0].strip().lower(), inner)
        sheet.rows = [(number + start, cells) for number, cells in sheet.rows]
        yield sheet


def _text(content: bytes) -> str:
    if b"\x00" in content:
        raise FormRefused(Remark(Reason.UNREADABLE, about="NUL"))
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _sheet(name: str, rows: Iterable[Sequence[Any]]) -> Sheet:
    sheet = Sheet(str(name))
    for number, row in enumerate(rows, 1):
        if number - (sheet.rows[-1][0] if sheet.rows else 0) > _MOST_EMPTY:
            break
        if not any(row):
            continue
        cells = [_cell(value) for value in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            _not_more(len(cells), MOST_COLUMNS, sheet.name)
            sheet.rows.append((number, cells))
            _not_more(len(sheet.rows), MOST_ROWS, sheet.name)
    return sheet


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true()" if value else "false()"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    text = value.isoformat() if isinstance(value, date | time) else str(value)
    if len(text) > LONGEST_CELL:
        raise FormRefused(Remark(Reason.TOO_LARGE, about=str(LONGEST_CELL)))
    return text.replace("\u00a0", " ").replace("\r\n", "\n").strip()


def _not_more(found: int, most: int, sheet: str) -> None:
    if found > most:
        raise FormRefused(Remark(Reason.TOO_LARGE, sheet=sheet, about=str(most)))
