"""Bring a spreadsheet of earlier years: how it is read is shown first, and the same row never counts twice."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.programs.methods.past_rows import NEEDED, PastRow, audience_in, guess_columns, read_rows
from rapport.programs.methods.statistics import Audience
from rapport.programs.models import Band, PastCount, PastSheet, Setting

ONLINE, ELSEWHERE = "online", "elsewhere"
MOST_ROWS = 20_000


@dataclass(frozen=True)
class Reading:
    """A sheet as it is understood so far."""

    sheet: PastSheet
    rows: list[PastRow]
    refused: list[tuple[int, str]]

    @property
    def lacks(self) -> list[str]:
        """What no column was found for."""
        columns = self.sheet.columns
        missing = [what for what in NEEDED if what not in columns]
        return missing if {"day", "month"} & set(columns) else [*missing, "day"]

    @property
    def events(self) -> int:
        return sum(row.events for row in self.rows)

    @property
    def attendance(self) -> int:
        return sum(row.attendance or 0 for row in self.rows)

    @property
    def blanks(self) -> int:
        return sum(row.attendance is None for row in self.rows)

    @property
    def places(self) -> list[str]:
        return sorted({row.place for row in self.rows if row.place})

    @property
    def audiences(self) -> list[str]:
        return sorted({row.audience for row in self.rows})


def bring(name: str, grid: Sequence[Sequence[object]], *, by: Person | None) -> PastSheet:
    """Keep the rows, with what their names say of the columns, places and groups. Nothing counts before it is taken."""
    cells = [[str(cell) for cell in row] for row in grid[: MOST_ROWS + 1]]
    sheet = PastSheet(name=name, grid=cells, columns=guess_columns(cells[0]) if cells else {}, by=by)
    understand(sheet)
    sheet.save()
    return sheet


def understand(sheet: PastSheet) -> None:
    """Guess what is not said yet of places and groups."""
    found = read(sheet)
    branches = {str(name).casefold(): one.slug for one in Branch.objects.all() for name in _names(one)}
    for place in found.places:
        sheet.places.setdefault(place, branches.get(place.casefold(), ONLINE if _is_online(place) else ""))
    for words in found.audiences:
        sheet.audiences.setdefault(words, audience_in(words)[0].value)


def _names(branch: Branch) -> list[str]:
    said = branch.name
    return [branch.slug, *(said.values() if isinstance(said, Mapping) else [str(said)])]


def _is_online(place: str) -> bool:
    return any(word in place.casefold() for word in ("online", "virtual"))


def read(sheet: PastSheet) -> Reading:
    names, *rows = sheet.grid or [[]]
    year = sheet.columns.get("in_year")
    columns = {what: name for what, name in sheet.columns.items() if what != "in_year"}
    numbered = ((number, dict(zip(names, row, strict=False))) for number, row in enumerate(rows, 2) if any(row))
    good, bad = read_rows(numbered, columns, year=int(year) if year else None)
    return Reading(sheet, good, [(number, _why(column)) for number, column in bad])


def _why(column: str) -> str:
    said = {
        "title": _("it has no title"),
        "day": _("its day is no date such as 2026-11-28"),
        "month": _("its month is not from 1 to 12"),
        "year": _("its year is not known"),
        "events": _("its number of dates is not 1 or more"),
        "attendance": _("its attendance is no whole number"),
    }
    return said[column]


@transaction.atomic
def take(sheet: PastSheet) -> PastSheet:
    """Let the rows count. Those that came before, in this file or another, stay as they are."""
    found = read(sheet)
    branches = {one.slug: one for one in Branch.objects.all()}
    known = set(PastCount.objects.values_list("mark", flat=True))
    new = [_count(sheet, row, branches) for row in found.rows if row.mark not in known]
    PastCount.objects.bulk_create(new, ignore_conflicts=True, batch_size=500)
    sheet.taken = sheet.counts.count()
    sheet.known = len(found.rows) - sheet.taken
    sheet.refused = [list(one) for one in found.refused]
    sheet.taken_at, sheet.grid = timezone.now(), []
    sheet.save()
    return sheet


def _count(sheet: PastSheet, row: PastRow, branches: Mapping[str, Branch]) -> PastCount:
    where = sheet.places.get(row.place, "")
    settings = {ONLINE: Setting.VIRTUAL, ELSEWHERE: Setting.OFFSITE}
    guess, unclear = audience_in(row.audience)
    band = sheet.audiences.get(row.audience, guess.value)
    return PastCount(
        sheet=sheet, mark=row.mark, title=row.title, first=row.first, last=row.last, branch=branches.get(where),
        place=row.place, setting=settings.get(where, Setting.ONSITE), audience=band, audience_words=row.audience,
        is_unclear=unclear and Audience(band) is guess, events=row.events, attendance=row.attendance,
    )  # fmt: skip


def settle(audience_words: str, band: Band, *, by: Person) -> int:
    """A person says whom these dates were for first. Answers how many rows it was."""
    return (
        PastCount.objects.to_be_looked_at().filter(audience_words=audience_words).update(audience=band, settled_by=by)
    )


def unsettled() -> Iterable[tuple[str, str, int]]:
    """The words of groups that a person should look at, what was taken, and how many rows."""
    from django.db.models import Count

    rows = PastCount.objects.to_be_looked_at().order_by("audience_words").values_list("audience_words", "audience")
    return list(rows.annotate(n=Count("pk")))
