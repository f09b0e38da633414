"""Days, weeks and months, for the calendar."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone


@dataclass(frozen=True)
class Day:
    date: date
    is_chosen: bool
    is_today: bool
    is_outside: bool


@dataclass(frozen=True)
class Month:
    first: date
    weeks: list[list[Day]]

    @property
    def begin(self) -> date:
        return self.weeks[0][0].date

    @property
    def end(self) -> date:
        return self.weeks[-1][-1].date

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


def month_of(chosen: date) -> Month:
    """The weeks, Monday first, that hold the month of the chosen day."""
    first = chosen.replace(day=1)
    begin = monday_of(first)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    today = timezone.localdate()
    days = [begin + timedelta(days=n) for n in range((last - begin).days + 7 - last.weekday())]
    drawn = [Day(day, day == chosen, day == today, day.month != first.month) for day in days]
    return Month(first, [drawn[n : n + 7] for n in range(0, len(drawn), 7)])


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(chosen: date) -> list[Day]:
    today, monday = timezone.localdate(), monday_of(chosen)
    days = [monday + timedelta(days=n) for n in range(7)]
    return [Day(day, day == chosen, day == today, False) for day in days]
