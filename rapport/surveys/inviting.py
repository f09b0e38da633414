"""Lists of people who are asked by name: read row by row, with a reason for each row that is not taken."""

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from rapport.lib.tables import Row, Table
from rapport.listening.models.voice import new_code
from rapport.people.models import Person
from rapport.places.models import Branch
from rapport.surveys.models import Invitation, Survey

_NAMES = {
    "email": {"email", "e-mail", "mail", "correo", "correo electrónico", "البريد", "البريد الإلكتروني"},
    "name": {"name", "nombre", "الاسم"},
    "language": {"language", "idioma", "lengua", "اللغة"},
    "branch": {"branch", "library", "biblioteca", "sucursal", "الفرع", "المكتبة"},
    "reference": {"reference", "number", "card", "id", "número", "numero", "tarjeta", "الرقم"},
}
_IN_ORDER = ["email", "name", "language", "branch", "reference"]  # of a list without names of columns
_LONGEST = {"email": 254, "name": 120, "reference": 80}


class Refused(Exception):
    """Why one row was not taken."""


@dataclass
class Report:
    """What became of a list."""

    people: list[Invitation] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)  # of those people, as they stood in the list
    refused: list[tuple[int, str]] = field(default_factory=list)
    known: int = 0
    is_taken: bool = False


@contextmanager
def table_of(text: str = "", file: "File[bytes] | None" = None) -> Iterator[Table]:
    """A pasted list, or an uploaded one (CSV or XLSX), as a table."""
    suffix = Path(str(file.name)).suffix.lower() if file else ".csv"
    with tempfile.NamedTemporaryFile(suffix=suffix if suffix == ".xlsx" else ".csv") as kept:
        if file:
            for piece in file.chunks():
                kept.write(piece)
        else:
            kept.write(_with_names(text).encode())
        kept.flush()
        yield Table(Path(kept.name))


def _with_names(text: str) -> str:
    """A list that begins with an address has no names of columns: they are put above it."""
    first = text.strip().partition("\n")[0]
    if "@" not in first:
        return text.strip()
    delimiter = max(",;\t|", key=first.count)
    return f"{delimiter.join(_IN_ORDER)}\n{text.strip()}"


@dataclass
class _Reader:
    survey: Survey
    by: Person
    places: Mapping[str, Branch]
    languages: list[str]
    seen: set[str] = field(default_factory=set)

    def read(self, row: Row) -> Invitation:
        given = _by_meaning(row)
        for name, longest in _LONGEST.items():
            if len(given[name]) > longest:
                raise Refused(_("longer than %(n)s characters") % {"n": longest})
        email = given["email"].lower()
        if email:
            _valid(email)
        reference = given["reference"] or ("" if email else given["name"])
        if not email and not reference:
            raise Refused(_("neither an e-mail address nor a name"))
        self._once(email or reference)
        return Invitation(
            survey=self.survey, by=self.by, email=email, name=given["name"], reference=reference,
            language=given["language"] if given["language"] in self.languages else "",
            branch=self._branch(given["branch"]), **({} if email else {"secret": new_code() + new_code()}),
        )  # fmt: skip

    def _once(self, key: str) -> None:
        if key in self.seen:
            raise Refused(_("stands in the list twice"))
        self.seen.add(key)

    def _branch(self, said: str) -> Branch | None:
        if not said:
            return None
        branch = self.places.get(said.casefold())
        if branch is None:
            raise Refused(_("no library of ours is called “%(name)s”") % {"name": said})
        return branch


def _by_meaning(row: Row) -> dict[str, str]:
    found = dict.fromkeys(_NAMES, "")
    for column, value in row.items():
        meaning = next((one for one, names in _NAMES.items() if column.strip().casefold() in names), None)
        if meaning:
            found[meaning] = " ".join(str(value).split())
    return found


def _valid(email: str) -> None:
    try:
        validate_email(email)
    except ValidationError as problem:
        raise Refused(_("“%(email)s” is no e-mail address") % {"email": email[:80]}) from problem


def read_people(survey: Survey, rows: Iterable[tuple[int, Row]], *, by: Person) -> Report:
    """Look at a list, and take nothing yet."""
    edition = survey.edition or survey.editions.last()
    reader = _Reader(survey, by, _places(by), edition.questionnaire.languages if edition else [])
    report = Report()
    for number, row in rows:
        try:
            report.people.append(reader.read(row))
            report.rows.append(row)
        except Refused as why:
            report.refused.append((number, str(why)))
    _leave_out_known(survey, report)
    return report


def _places(by: Person) -> dict[str, Branch]:
    keys = by.branches_where("surveys.change")
    rows = Branch.objects.all() if keys is None else Branch.objects.filter(pk__in=keys)
    found: dict[str, Branch] = {}
    for branch in rows:
        found |= {name.casefold(): branch for name in (branch.slug, *branch.name.values())}
    return found


def _leave_out_known(survey: Survey, report: Report) -> None:
    emails = set(survey.invitations.by_mail().values_list("email", flat=True))
    references = set(survey.invitations.exclude(reference="").values_list("reference", flat=True))
    fresh = [
        (person, row)
        for person, row in zip(report.people, report.rows, strict=True)
        if not (person.email in emails or (person.reference and person.reference in references))
    ]
    report.known = len(report.people) - len(fresh)
    report.people, report.rows = [person for person, _row in fresh], [row for _person, row in fresh]


@transaction.atomic
def take_people(report: Report) -> None:
    """Put them on the list of those who are asked; whoever somebody else put there meanwhile stays there once."""
    Invitation.objects.bulk_create(report.people, batch_size=1000, ignore_conflicts=True)
    report.is_taken = True


def as_text(table: Table) -> str:
    """A list as it can be pasted again: tabs between the columns."""
    names = table.names()
    lines = [names, *([str(row.get(name, "")) for name in names] for _number, row in table.rows())]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def count_by(survey: Survey, field_name: str) -> list[dict[str, Any]]:
    """Who was asked and what came of it, by branch or by language."""
    invited = survey.invitations.exclude(invited_on=None).order_by()
    counts: dict[Any, dict[str, Any]] = {}
    narrowed = {
        "invited": invited,
        "answered": invited.exclude(answered_month=None),
        "declined": invited.filter(answered_month=None).exclude(declined_on=None),
        "lost": invited.waiting().lost(),
    }
    for what, rows in narrowed.items():
        for key in rows.values_list(field_name, flat=True):
            counts.setdefault(key, dict.fromkeys(narrowed, 0))[what] += 1
    return [{"key": key, **many, "rate": _rate(many)} for key, many in counts.items()]


def _rate(many: Mapping[str, int]) -> int | None:
    """Of 100 whom the letter reached, how many answered."""
    reached = many["invited"] - many["lost"]
    return round(100 * many["answered"] / reached) if reached else None
