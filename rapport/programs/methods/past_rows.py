"""Spreadsheets of earlier years, read row by row: which column is what, whom a date was for, how many came.

A row tells of one date or of several ("19 book sales in July"); a month is kept as a month, so no date is invented. A
blank attendance, or one that says X, M, n/a or "not counted", is "not counted", which is not zero.
"""

import hashlib
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from .statistics import Audience, audience_of

Row = Mapping[str, str]

# What the columns of such files are called, in small letters; the first that fits is taken.
NAMES: dict[str, tuple[str, ...]] = {
    "title": ("title", "event title", "program", "event", "name", "category"),
    "place": ("branch", "library", "location", "place"),
    "day": ("date", "event date", "day", "start date", "start"),
    "year": ("event year", "year"),
    "month": ("event month", "month"),
    "audience": ("age group", "age groups", "audience", "audiences", "target audience", "ages"),
    "events": ("events", "number of events", "sessions", "dates"),
    "attendance": ("attendance", "attended", "total attendance", "came", "headcount"),
}
NEEDED = ("title", "attendance")
_NOT_COUNTED = {"", "x", "m", "n/a", "na", "-", "–", "not counted", "unknown"}
_SPAN = re.compile(r"(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})")
_FROM = re.compile(r"(\d{1,2})\s*(?:\+|and (?:older|up|over))")
_BANDS = {Audience.AGES_0_5: (0, 5), Audience.AGES_6_11: (6, 11), Audience.AGES_12_18: (12, 18)}
_WORDS = (
    (r"all ages|everyone|famil|general|intergeneration", Audience.GENERAL),
    (r"adult|senior|older", Audience.ADULTS),
    (r"teen|young adult|\bya\b", Audience.AGES_12_18),
    (r"school|tween|\bkids?\b|children", Audience.AGES_6_11),
    (r"bab|toddler|preschool|infant|early", Audience.AGES_0_5),
)


@dataclass(frozen=True)
class PastRow:
    """A row that can be counted; the same row has the same `mark` whenever it comes; of two alike each has its own."""

    number: int
    title: str
    place: str
    first: date
    last: date
    audience: str
    events: int
    attendance: int | None
    mark: str = ""

    @property
    def facts(self) -> tuple[object, ...]:
        return (self.title, self.place, self.first, self.last, self.audience, self.events, self.attendance)


def guess_columns(names: Iterable[str]) -> dict[str, str]:
    """Which column is what, as far as their names say."""
    known = {name.strip().casefold(): name for name in names}
    found = {what: next((known[one] for one in called if one in known), "") for what, called in NAMES.items()}
    return {what: name for what, name in found.items() if name}


def audience_in(words: str) -> tuple[Audience, bool]:
    """Whom a date was for first, of what may be several groups with commas between; and whether a person should look.

    Unclear are several groups of children and teenagers, of whom nobody says how many came (the younger is taken), and
    words that name no group (everyone is taken).
    """
    bands = dict.fromkeys(band for part in _parts(words) if (band := _band(part)) is not None)
    if not bands:
        return Audience.GENERAL, True
    unclear = len(bands) > 1 and not {Audience.ADULTS, Audience.GENERAL} & set(bands)
    return audience_of(dict.fromkeys(bands, 1)), unclear


def _parts(words: str) -> list[str]:
    return [part.strip().casefold() for part in re.split(r"[,;/](?![^()]*\))", words) if part.strip()]


def _band(part: str) -> Audience | None:
    if span := _SPAN.search(part):
        low, high = int(span[1]), int(span[2])
        shared = {band: min(high, top) - max(low, bottom) + 1 for band, (bottom, top) in _BANDS.items()}
        best = max(shared, key=lambda band: shared[band])
        return best if shared[best] > 0 else Audience.ADULTS
    if (since := _FROM.search(part)) and int(since[1]) >= 16:
        return Audience.ADULTS
    return next((band for pattern, band in _WORDS if re.search(pattern, part)), None)


def read_rows(
    rows: Iterable[tuple[int, Row]], columns: Mapping[str, str], *, year: int | None = None
) -> tuple[list[PastRow], list[tuple[int, str]]]:
    """The rows that can be counted, and those that cannot, each with its number and the column where it fails."""
    good: list[PastRow] = []
    bad: list[tuple[int, str]] = []
    seen: Counter[tuple[object, ...]] = Counter()
    for number, row in rows:
        try:
            one = _read(number, {what: str(row.get(name, "")).strip() for what, name in columns.items()}, year)
        except ValueError as problem:
            bad.append((number, str(problem)))
            continue
        seen[one.facts] += 1
        mark = hashlib.sha256(repr((*one.facts, seen[one.facts])).encode()).hexdigest()
        good.append(replace(one, mark=mark))
    return good, bad


def _read(number: int, cells: Mapping[str, str], year: int | None) -> PastRow:
    if not cells.get("title"):
        raise ValueError("title")
    first, last = _days(cells, year)
    events = _whole(cells.get("events") or "1", "events")
    if events < 1:
        raise ValueError("events")
    said = cells.get("attendance", "").casefold()
    attendance = None if said in _NOT_COUNTED else _whole(said, "attendance")
    return PastRow(
        number, cells["title"][:300], cells.get("place", "")[:200], first, last, cells.get("audience", "")[:300],
        events, attendance,
    )  # fmt: skip


def _days(cells: Mapping[str, str], year: int | None) -> tuple[date, date]:
    if cells.get("day"):
        try:
            day = date.fromisoformat(cells["day"][:10])
        except ValueError as problem:
            raise ValueError("day") from problem
        return day, day
    month = _whole(cells.get("month", ""), "month")
    in_year = _whole(cells.get("year") or str(year or ""), "year")
    if not 1 <= month <= 12:
        raise ValueError("month")
    if not 1900 < in_year < 2200:
        raise ValueError("year")
    return date(in_year, month, 1), date(in_year, month, monthrange(in_year, month)[1])


def _whole(text: str, column: str) -> int:
    try:
        number = float(text.replace(",", ""))
    except ValueError as problem:
        raise ValueError(column) from problem
    if number < 0 or number != int(number) or number > 10_000_000:
        raise ValueError(column)
    return int(number)
