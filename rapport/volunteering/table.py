"""A table of volunteer hours from outside: every row that can be taken, and why the others cannot."""

import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.lib.tables import Row, Table, UnreadableTable
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.volunteering.models import Helped, KindOfHelp, TooManyOfABand
from rapport.volunteering.models.helped import MOST_HOURS

NEEDED = ("branch", "month", "kind", "volunteers", "hours")
MOST_BYTES = 4_000_000
_MOST = 99_999


@dataclass(frozen=True)
class Line:
    branch: Branch
    month: date
    kind: str
    volunteers: int
    hours: Decimal
    note: str = ""


@dataclass
class Read:
    lines: list[Line] = field(default_factory=list)
    refused: list[tuple[int, str]] = field(default_factory=list)  # the row's number, and why

    @property
    def hours(self) -> Decimal:
        return sum((line.hours for line in self.lines), Decimal(0))


def read(file: Any, branches: Iterable[Branch]) -> Read:
    """Raises UnreadableTable."""
    if file.size > MOST_BYTES:
        raise UnreadableTable(_("This file is larger than 4 MB."))
    with tempfile.NamedTemporaryFile(suffix=Path(file.name).suffix.lower()[:6]) as kept:
        for piece in file.chunks():
            kept.write(piece)
        kept.flush()
        return _read(Table(Path(kept.name)), branches)


def _read(table: Table, branches: Iterable[Branch]) -> Read:
    lacking = [name for name in NEEDED if name not in table.names()]
    if lacking:
        raise UnreadableTable(_("There is no column %(name)s") % {"name": ", ".join(lacking)})
    known = {key.casefold(): one for one in branches for key in (one.slug, *one.name.values())}
    kinds = {key.casefold(): one for one in KindOfHelp for key in (one.value, str(one.label))}
    found, seen = Read(), set()
    for number, row in table.rows():
        try:
            line = _line(row, known, kinds)
            key = (line.branch.pk, line.month, line.kind)
            if key in seen:
                raise ValueError(_("This branch, month and kind stand in the file twice."))
            seen.add(key)
            found.lines.append(line)
        except ValueError as problem:
            found.refused.append((number, str(problem)))
    return found


def _line(row: Row, branches: dict[str, Branch], kinds: dict[str, KindOfHelp]) -> Line:
    said = {name: str(row.get(name, "") or "").strip() for name in (*NEEDED, "note")}
    branch, kind = branches.get(said["branch"].casefold()), kinds.get(said["kind"].casefold())
    if branch is None:
        raise ValueError(_("We do not know the branch “%(name)s”, or it is not yours.") % {"name": said["branch"][:60]})
    if kind is None:
        raise ValueError(_("We do not know the kind of help “%(name)s”.") % {"name": said["kind"][:60]})
    line = Line(
        branch,
        _month(said["month"]),
        kind.value,
        _people(said["volunteers"]),
        _hours(said["hours"]),
        said["note"][:300],
    )
    if line.hours > line.volunteers * MOST_HOURS:
        raise ValueError(_("A month does not have so many hours for so many people."))
    return line


def _month(text: str) -> date:
    year, _dash, month = text[:7].partition("-")
    try:
        found = date(int(year), int(month), 1)
    except ValueError:
        raise ValueError(_("“%(text)s” is not a month such as 2026-10.") % {"text": text[:20]}) from None
    if found > timezone.localdate():
        raise ValueError(_("This month has not begun yet."))
    return found


def _people(text: str) -> int:
    if not text.isascii() or not text.isdecimal() or int(text[:9]) > _MOST:
        raise ValueError(_("“%(text)s” is not a number of people.") % {"text": text[:20]})
    return int(text)


def _hours(text: str) -> Decimal:
    try:
        found = Decimal(text.replace(",", "."))
    except InvalidOperation:
        found = Decimal("NaN")
    if not found.is_finite() or not 0 <= found <= 9_999_999:
        raise ValueError(_("“%(text)s” is not a number of hours.") % {"text": text[:20]})
    return found.quantize(Decimal("0.01"))


@transaction.atomic
def take(lines: Iterable[Line], *, by: Person) -> int:
    """All or none. A row that was there already is replaced by the file's; the same file twice changes nothing."""
    return len([Helped.objects.report(by=by, **vars(line)) for line in lines])


__all__ = ["NEEDED", "Line", "Read", "TooManyOfABand", "read", "take"]
