"""Days and what is on in them, for the calendar."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from rapport.programs.models import Session


@dataclass(frozen=True)
class Day:
    date: date
    count: int
    is_chosen: bool
    is_today: bool
    is_outside: bool


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day]]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)


def day_from(text: str | None) -> date:
    """The day that an address asks for; today where it asks for none, or for one that is no day."""
    try:
        day = date.fromisoformat(text or "")
    except ValueError:
        return timezone.localdate()
    return day if 1990 < day.year < 2200 else timezone.localdate()


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def by_day(sessions: Iterable[Session]) -> list[tuple[date, list[Session]]]:
    return [(day, list(some)) for day, some in groupby(sessions, key=lambda one: timezone.localdate(one.starts_at))]


def month_of(chosen: date, sessions: QuerySet[Session]) -> Month:
    """The weeks, Monday first, that hold the month of the chosen day, with how many sessions each day has."""
    first = chosen.replace(day=1)
    begin = first - timedelta(days=first.weekday())
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    days = [begin + timedelta(days=n) for n in range((last - begin).days + 7 - last.weekday())]
    counts = _counts(sessions, days[0], days[-1])
    drawn = [
        Day(day, counts.get(day, 0), day == chosen, day == timezone.localdate(), day.month != first.month)
        for day in days
    ]
    return Month(first, [drawn[n : n + 7] for n in range(0, len(drawn), 7)])


def _counts(sessions: QuerySet[Session], first: date, last: date) -> dict[date, int]:
    rows = sessions.filter(starts_at__gte=start_of(first), starts_at__lt=start_of(last + timedelta(days=1)))
    return dict(rows.order_by().values_list(TruncDate("starts_at")).annotate(Count("pk")))
