"""Tables from outside (CSV, XLSX), read defensively: any usual encoding and delimiter, row by row."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")
csv.field_size_limit(1_000_000)

Cell = str | datetime | date
Row = dict[str, Cell]


class UnreadableTable(Exception):
    """What stands in the file is no table that we can read; the words say why."""


def rows_of(path: Path) -> Iterator[Row]:
    """Each row under the names of the first one."""
    return _named(_from_xlsx(path) if path.suffix.lower() == ".xlsx" else _from_csv(path))


def _named(rows: Iterator[list[Cell]]) -> Iterator[Row]:
    names = [str(name).strip() for name in next(rows, [])]
    for row in rows:
        yield dict(zip(names, row, strict=False))


def _from_csv(path: Path) -> Iterator[list[Cell]]:
    text = _text(path.read_bytes())
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192].split("\n")[0], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=dialect.delimiter)  # type: ignore[misc]
    except csv.Error as problem:
        raise UnreadableTable(str(problem)) from problem


def _text(content: bytes) -> str:
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableTable("The encoding of this file is not known")


def _from_xlsx(path: Path) -> Iterator[list[Cell]]:
    from zipfile import BadZipFile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(path, read_only=True, data_only=True).worksheets[0]
    except (InvalidFileException, BadZipFile, KeyError, ValueError) as problem:
        raise UnreadableTable(str(problem)) from problem
    for row in sheet.iter_rows(values_only=True):
        yield [cell if isinstance(cell, datetime) else "" if cell is None else str(cell) for cell in row]
