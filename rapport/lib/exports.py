"""Tables for spreadsheets: CSV as a stream, XLSX in write-only mode, both safe to open."""

import csv
import datetime
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from io import BytesIO
from typing import IO, TYPE_CHECKING

from django.http import FileResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

Cell = str | int | float | Decimal | bool | datetime.date | datetime.time | None

# A spreadsheet runs a text that begins like this as a formula (also in its full-width forms).
_FORMULA = re.compile(r"^[\s\x00]*[=+\-@|%\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_LONGEST = 32_767  # characters in one XLSX cell


def safe_cell(value: object) -> Cell:
    """The value as a spreadsheet may hold it: numbers and dates stay, text can never become a formula."""
    if value is None or isinstance(value, bool | int | float | Decimal):
        return value
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None) if timezone.is_aware(value) else value
    if isinstance(value, datetime.date | datetime.time):
        return value
    text = _UNPRINTABLE.sub("", str(value))
    return ("'" + text if _FORMULA.match(text) else text)[:_LONGEST]


def safe_row(row: Iterable[object]) -> list[Cell]:
    return [safe_cell(value) for value in row]


class _Echo:
    """A file that hands back each line instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def csv_lines(header: Sequence[object], rows: Iterable[Iterable[object]]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield "\ufeff"  # without it Excel takes UTF-8 for something else
    yield writer.writerow(safe_row(header))
    for row in rows:
        yield writer.writerow(safe_row(row))


def csv_response(name: str, header: Sequence[object], rows: Iterable[Iterable[object]]) -> HttpResponseBase:
    response = StreamingHttpResponse(csv_lines(header, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def write_xlsx(file: IO[bytes], name: str, header: Sequence[object], rows: Iterable[Iterable[object]]) -> None:
    # Read in only now: it would add a third of a second to every start of the site.
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet(re.sub(r"[\[\]:*?/\\]", " ", name)[:31])
    sheet.freeze_panes = "A2"
    sheet.append([_bold(sheet, value) for value in header])
    for row in rows:
        sheet.append(safe_row(row))
    book.save(file)


def _bold(sheet: "WriteOnlyWorksheet", value: object) -> "WriteOnlyCell":
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    cell = WriteOnlyCell(sheet, value=safe_cell(value))
    cell.font = Font(bold=True)
    return cell


def xlsx_response(name: str, header: Sequence[object], rows: Iterable[Iterable[object]]) -> HttpResponseBase:
    file = BytesIO()
    write_xlsx(file, name, header, rows)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"{name}.xlsx")


def file_response(kind: str, name: str, header: Sequence[object], rows: Iterable[Iterable[object]]) -> HttpResponseBase:
    return (xlsx_response if kind == "xlsx" else csv_response)(name, header, rows)
