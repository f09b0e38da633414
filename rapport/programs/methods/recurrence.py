"""Dates by a rule: the part of RFC 5545, section 3.3.10, that a library's plan needs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import islice

from dateutil.rrule import MONTHLY, WEEKLY, rrule, weekday

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_DATES = 200


@dataclass(frozen=True)
class Recurrence:
    """Every `every` weeks on these weekdays, or every `every` months on the `nth` of them (-1 is the last one).

    Weekdays as in `date.weekday()`, Monday is 0. It ends after `times` dates or on the day `until`; with neither, after
    `MOST_DATES`. Raises ValueError for what is no rule: no weekday, an `every` below 1, an `nth` of 0 or past 5.
    """

    weekdays: tuple[int, ...]
    every: int = 1
    nth: tuple[int, ...] = ()  # empty: by week
    times: int | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        wrong = not self.weekdays or self.every < 1 or not set(self.weekdays) <= set(range(7))
        if wrong or not set(self.nth) <= {-1, 1, 2, 3, 4, 5} or (self.times is not None and self.times < 1):
            raise ValueError("not a rule")

    @property
    def is_monthly(self) -> bool:
        return bool(self.nth)

    @property
    def text(self) -> str:
        """As in a calendar file: `FREQ=MONTHLY;INTERVAL=1;BYDAY=2TU,4TU;COUNT=6`. A day without a time, as UNTIL."""
        days = [f"{nth}{_DAYS[day]}" for nth in self.nth or ("",) for day in self.weekdays]
        parts = [
            f"FREQ={'MONTHLY' if self.is_monthly else 'WEEKLY'}",
            f"INTERVAL={self.every}",
            f"BYDAY={','.join(days)}",
        ]
        if self.until:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        elif self.times:
            parts.append(f"COUNT={self.times}")
        return ";".join(parts)

    @classmethod
    def from_text(cls, text: str) -> "Recurrence":
        """Reads what `text` wrote. Raises ValueError for anything else, such as parts that we do not plan by."""
        parts = dict(part.split("=", 1) for part in text.split(";") if "=" in part)
        if parts.get("FREQ") not in {"WEEKLY", "MONTHLY"} or set(parts) - {
            "FREQ",
            "INTERVAL",
            "BYDAY",
            "UNTIL",
            "COUNT",
        }:
            raise ValueError("not a rule that we plan by")
        days = parts.get("BYDAY", "").split(",")
        until = parts.get("UNTIL")
        nth = tuple(dict.fromkeys(int(day[:-2]) for day in days if day[:-2]))
        if (parts["FREQ"] == "MONTHLY") != bool(nth):
            raise ValueError("a month wants to know which of its weekdays")
        return cls(
            tuple(dict.fromkeys(_DAYS.index(day[-2:]) for day in days)),
            int(parts.get("INTERVAL", "1")),
            nth,
            int(parts["COUNT"]) if "COUNT" in parts else None,
            datetime.strptime(until[:8], "%Y%m%d").date() if until else None,
        )

    def days(self, first: date) -> Iterator[date]:
        """The days from `first` on that fit the rule, at most `MOST_DATES`; whatever the clocks do, a day is a day."""
        days = [weekday(day)(nth) if nth else weekday(day) for nth in self.nth or (0,) for day in self.weekdays]
        found = rrule(
            MONTHLY if self.is_monthly else WEEKLY,
            dtstart=datetime.combine(first, time()),
            interval=self.every,
            byweekday=days,
            count=self.times if not self.until else None,
            until=datetime.combine(self.until, time()) if self.until else None,
        )
        return (moment.date() for moment in islice(found, MOST_DATES))
