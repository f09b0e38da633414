"""Reading a table of dates: the exports of LibCal and Communico by themselves, any other by a mapping."""

import hashlib
import re
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.parser import ParserError
from dateutil.parser import parse as parse_moment
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .entries import Entry, Found, band_of, branch_names, language_or, placed

# What we ask for, what people call it, and the names that LibCal, Communico and others give it.
FIELDS: dict[str, tuple[Any, tuple[str, ...]]] = {
    "title": (gettext_lazy("title"), ("title", "event title", "event name", "name", "event", "subject", "summary")),
    "day": (gettext_lazy("day"), ("date", "start date", "event date", "day", "startdate", "event start date")),
    "starts": (
        gettext_lazy("starts"),
        (
            "start time",
            "start",
            "starts",
            "time",
            "from",
            "event start",
            "starttime",
            "start date/time",
            "event start time",
        ),
    ),
    "ends": (
        gettext_lazy("ends"),
        ("end time", "end", "ends", "to", "event end", "endtime", "end date/time", "event end time"),
    ),
    "end_day": (gettext_lazy("last day"), ("end date", "enddate", "event end date")),
    "uid": (gettext_lazy("number of the date"), ("event id", "id", "eventid", "uid", "event number")),
    "branch": (gettext_lazy("branch"), ("branch", "campus", "library", "library branch", "location name")),
    "place": (gettext_lazy("place"), ("location", "room", "space", "venue", "room name", "where")),
    "about": (
        gettext_lazy("what it is"),
        ("description", "event description", "about", "short description", "details"),
    ),
    "audience": (
        gettext_lazy("for whom"),
        ("audience", "audiences", "age group", "age groups", "ages", "age", "age group(s)", "target audience"),
    ),
    "language": (gettext_lazy("language"), ("language", "languages")),
    "capacity": (
        gettext_lazy("places"),
        (
            "seats",
            "max seats",
            "capacity",
            "registration seats",
            "max registrations",
            "maximum attendance",
            "total seats",
        ),
    ),
    "status": (gettext_lazy("cancelled"), ("status", "event status", "cancelled", "canceled")),
    "online_url": (
        gettext_lazy("address online"),
        ("online url", "zoom link", "virtual url", "url online", "join url"),
    ),
}
NEEDED = ("title", "starts")
_OFF = re.compile(r"cancel|^(?:yes|true|1)$", re.IGNORECASE)
_LENGTH = timedelta(hours=1)


def guessed(names: list[str]) -> dict[str, str]:
    """Which column is what, by its name; a date and an hour in one column are read from it together."""
    known = {" ".join(name.lower().replace("_", " ").split()): name for name in names}
    found: dict[str, str] = {}
    for field, (_label, usual) in FIELDS.items():
        column = next((known[one] for one in usual if one in known and known[one] not in found.values()), None)
        if column is not None:
            found[field] = column
    if "starts" not in found and "day" in found:
        found["starts"] = found.pop("day")
    return found


def lacking(columns: dict[str, str]) -> list[str]:
    return [field for field in NEEDED if not columns.get(field)]


def read_table(grid: list[list[str]], columns: dict[str, str], *, language: str = "") -> Found:
    """The dates of a table whose first row names the columns; `columns` says which is what."""
    names, found, branches = [str(cell).strip() for cell in grid[0]], Found(), branch_names()
    places = {field: names.index(column) for field, column in columns.items() if column in names}
    for number, row in enumerate(grid[1:], 2):
        said = {field: str(row[at]).strip() if at < len(row) else "" for field, at in places.items()}
        where = _("row %(n)d: %(title)s") % {"n": number, "title": said.get("title", "")}
        try:
            starts, ends = _moments(said)
        except (ValueError, OverflowError):
            found.refuse(where, _("Its day or hour cannot be read."))
            continue
        found.take(_entry(said, starts, ends, branches, language), where)
    return found


def _entry(said: dict[str, str], starts: datetime, ends: datetime, branches: dict[str, int], language: str) -> Entry:
    entry = Entry(
        uid=(said.get("uid") or _made_up(said, starts))[:400],
        title=" ".join(said.get("title", "").split())[:200],
        about=re.sub(r"<[^>]{0,500}>", " ", said.get("about", ""))[:2000].strip(),
        starts_at=starts,
        ends_at=ends,
        audience=band_of(said.get("audience", "")),
        language=language_or(said.get("language", ""), language),
        capacity=_number(said.get("capacity", "")),
        cancelled=bool(_OFF.search(said.get("status", ""))),
    )
    # A number may stand for every date of a series: the start tells them apart, unless each has its own.
    entry.recurrence = ""
    placed(entry, said.get("branch") or said.get("place", ""), branches)
    if entry.branch is None and said.get("branch") and said.get("place"):
        entry.place = f"{said['branch']}, {said['place']}"[:200]
    if said.get("online_url", "").startswith(("http://", "https://")):
        entry.online_url = said["online_url"][:500]
    return entry


def _moments(said: dict[str, str]) -> tuple[datetime, datetime]:
    starts = _moment(said.get("day", ""), said.get("starts", ""))
    last = said.get("end_day") or said.get("day", "") or f"{starts:%Y-%m-%d}"
    ends = _moment(last, said["ends"]) if said.get("ends") else starts + _LENGTH
    return timezone.make_aware(starts), timezone.make_aware(ends)


def _moment(day: str, hour: str) -> datetime:
    words = hour if re.search(r"\d{4}|\d[/.-]\d", hour) else f"{day} {hour}"
    if not re.search(r"\d{1,2}[:.]\d\d|\d\s*[ap]\.?m", words, re.IGNORECASE):
        raise ValueError("no hour")
    try:
        moment = parse_moment(words, default=datetime.combine(date(1, 1, 1), datetime.min.time()))
    except (ParserError, TypeError) as problem:
        raise ValueError(words) from problem
    if moment.year < 1980:
        raise ValueError(words)
    found: datetime = moment.replace(tzinfo=None)
    return found


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and 0 < int(text) < 100_000 else None


def _made_up(said: dict[str, str], starts: datetime) -> str:
    words = "|".join([said.get("title", ""), starts.isoformat(), said.get("branch", ""), said.get("place", "")])
    return f"without-number-{hashlib.sha256(words.encode()).hexdigest()[:32]}"
