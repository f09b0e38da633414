"""From a file to what it would bring."""

import tempfile
from pathlib import Path

from django.utils.translation import gettext as _

from rapport.lib.tables import Table, UnreadableTable
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.models import CalendarFile

from .entries import Found, UnreadableFile
from .ics import read_ics
from .table import guessed, lacking, read_table

LARGEST = 3_000_000
_CELLS = 400_000
_TABLES = {".csv", ".tsv", ".txt", ".xlsx"}


def read(
    data: bytes, file_name: str, *, branch: Branch | None, language: str, by: Person, source: str = ""
) -> CalendarFile:
    """Keep what was understood of it; nothing is brought in yet. Raises UnreadableFile with the reason."""
    if len(data) > LARGEST:
        raise UnreadableFile(_("It is larger than %(n)d MB.") % {"n": LARGEST // 1_000_000})
    file = CalendarFile(file_name=file_name[:200], branch=branch, language=language, by=by, source=source)
    if data.lstrip(b"\xef\xbb\xbf \r\n\t")[:6].upper() == b"BEGIN:" or Path(file_name).suffix.lower() == ".ics":
        file.kind, file.source = "ics", source or "ical"
        understood(file, read_ics(data, language=language))
    else:
        file.kind, file.source = "csv", source or "table"
        file.grid = _grid(data, file_name)
        map_columns(file, guessed([str(name).strip() for name in file.grid[0]]))
    file.save()
    return file


def map_columns(file: CalendarFile, columns: dict[str, str]) -> None:
    """Read the table by this mapping; where the title or the start lacks, nothing can be read yet."""
    file.columns = columns
    understood(file, Found() if lacking(columns) else read_table(file.grid, columns, language=file.language))


def understood(file: CalendarFile, found: Found) -> None:
    file.entries, file.refused = [entry.value() for entry in found.entries], found.refused
    once: dict[tuple[object, object], int] = {}
    for entry in file.entries:  # the same number for several dates: the start tells them apart
        key = entry["uid"], entry["recurrence"]
        once[key] = once.get(key, 0) + 1
    for entry in file.entries:
        if once[entry["uid"], entry["recurrence"]] > 1:
            entry["recurrence"] = (entry["recurrence"] or entry["starts_at"])[:40]
    file.entries = list({(one["uid"], one["recurrence"]): one for one in file.entries}.values())


def _grid(data: bytes, file_name: str) -> list[list[str]]:
    suffix = Path(file_name).suffix.lower()
    if suffix not in _TABLES:
        raise UnreadableFile(_("It is neither an iCalendar file nor a table (CSV, XLSX)."))
    with tempfile.NamedTemporaryFile(suffix=suffix) as kept:
        kept.write(data)
        kept.flush()
        try:
            grid = Table(Path(kept.name)).grid(most=_CELLS)
        except UnreadableTable as problem:
            raise UnreadableFile(str(problem)) from problem
    return [[str(cell) for cell in row] for row in grid]
