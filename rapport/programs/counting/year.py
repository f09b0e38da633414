"""The figures of a period: each beside the year before, marked as count or estimate, and explained where it must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from rapport.places.models import Branch
from rapport.programs.counting.happened import happened, recordings
from rapport.programs.methods.statistics import CrossFoot, Element, ElementSet, Figure, Happening, counted
from rapport.programs.methods.statistics.changes import change, is_large
from rapport.programs.methods.statistics.elements import What
from rapport.programs.models import Explanation


@dataclass(frozen=True)
class Period:
    """From one day to another, both included, for one branch or for the whole library."""

    first: date
    last: date
    branch: Branch | None = None

    @property
    def before(self) -> "Period":
        """The same stretch a year earlier."""
        first, last = _a_year_earlier(self.first), _a_year_earlier(self.last + timedelta(days=1)) - timedelta(days=1)
        return Period(first, last, self.branch)

    @property
    def after(self) -> "Period":
        first, last = _a_year_later(self.first), _a_year_later(self.last + timedelta(days=1)) - timedelta(days=1)
        return Period(first, last, self.branch)

    @property
    def key(self) -> dict[str, object]:
        return {"first": self.first, "last": self.last, "branch": self.branch}


def year_from(first: date, branch: Branch | None = None) -> Period:
    """Twelve months from this day on."""
    return Period(first, _a_year_later(first) - timedelta(days=1), branch)


def _a_year_earlier(day: date) -> date:
    return _same_day(day, day.year - 1)


def _a_year_later(day: date) -> date:
    return _same_day(day, day.year + 1)


def _same_day(day: date, year: int) -> date:
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)


@dataclass(frozen=True)
class Line:
    """One figure of the form."""

    figure: Figure
    before: Figure
    explanation: Explanation | None

    @property
    def element(self) -> Element:
        return self.figure.element

    @property
    def change(self) -> int | None:
        """In per cent of the year before; None where there was nothing."""
        share = change(self.figure.value, self.before.value)
        return None if share is None else round(100 * share)

    @property
    def is_large(self) -> bool:
        return is_large(self.figure.value, self.before.value)

    @property
    def wants_words(self) -> bool:
        return self.is_large and self.explanation is None

    @property
    def is_counted_in_people(self) -> bool:
        """Only what is counted by looking can be an estimate; dates and recordings are always counts."""
        return self.element.what in {What.ATTENDANCE, What.VIEWS}


@dataclass(frozen=True)
class Ledger:
    """What is counted apart and never enters a program's count."""

    name: str
    dates: int
    people: int | None
    lacking: int = 0


@dataclass(frozen=True)
class Figures:
    elements: ElementSet
    period: Period
    lines: list[Line]
    feet: list[CrossFoot]
    happenings: list[Happening]

    def line(self, name: str) -> Line:
        return next(one for one in self.lines if one.element.name == name)

    @property
    def is_right(self) -> bool:
        return all(foot.is_right for foot in self.feet)

    @property
    def to_explain(self) -> list[Line]:
        return [one for one in self.lines if one.wants_words]


def figures(elements: ElementSet, period: Period) -> Figures:
    """All elements of the set in this period, and beside each the same of a year before."""
    happenings = happened(period.first, period.last, period.branch)
    found, feet = _counted(elements, period, happenings)
    earlier, _feet = _counted(elements, period.before)
    said = {one.element: one for one in Explanation.objects.filter(elements=elements.name, **period.key)}
    lines = [Line(figure, earlier[name], said.get(name)) for name, figure in found.items()]
    return Figures(elements, period, lines, feet, happenings)


def _counted(
    elements: ElementSet, period: Period, happenings: Iterable[Happening] | None = None
) -> tuple[dict[str, Figure], list[CrossFoot]]:
    span = (period.first, period.last, period.branch)
    rows = happened(*span) if happenings is None else happenings
    return counted(elements, rows, recordings(*span), first=period.first, last=period.last)
