"""Counting in open days: a promise to answer in three days means three days on which the doors are open."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_FAR = 366  # a branch that is closed for a year has no next open day


@dataclass(frozen=True)
class OpenDays:
    """A branch's week and its closures. `closing` maps a weekday (Monday is 0) to the hour at which it closes."""

    closing: dict[int, time]
    closed: tuple[tuple[date, date], ...] = ()
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo("UTC"))

    def is_open(self, day: date) -> bool:
        return day.weekday() in self.closing and not any(first <= day <= last for first, last in self.closed)

    def after(self, moment: datetime, days: int) -> datetime:
        """The closing hour of the open day that lies `days` open days after the day of `moment`.

        Zero means the same day, or the next open one. A branch without any hours counts every day, until midnight.
        """
        day = moment.astimezone(self.zone).date()
        for _ in range(_FAR):
            if self._counts(day):
                if days <= 0:
                    break
                days -= 1
            day += timedelta(days=1)
        closes = self.closing.get(day.weekday(), time(23, 59))
        due = datetime.combine(day, closes, tzinfo=self.zone)
        return due if due > moment else self.after(self._midnight_after(day), 0)

    def _counts(self, day: date) -> bool:
        return self.is_open(day) if self.closing else True

    def _midnight_after(self, day: date) -> datetime:
        return datetime.combine(day + timedelta(days=1), time(0), tzinfo=self.zone)
