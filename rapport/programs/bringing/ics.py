"""Reading iCalendar (RFC 5545) as strangers write it: what can be a date of ours, and why the rest cannot."""

import hashlib
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from .entries import Entry, Found, UnreadableFile, band_of, branch_names, language_or, placed
from .recurring import RuleRefused, occurrences

_USUAL = timedelta(hours=1)
_OTHERS = ("VTODO", "VJOURNAL", "VFREEBUSY", "VAVAILABILITY")


def read_ics(data: bytes, *, language: str = "") -> Found:
    """The dates of a file. Raises UnreadableFile where there is nothing that could be one."""
    events, found = [], Found()
    for component in _components(data):
        events += component.walk("VEVENT")
        others = [one for name in _OTHERS for one in component.walk(name)]
        for other in others:
            found.refuse(_title(other) or other.name, _("It is no event (%(kind)s).") % {"kind": other.name})
    if not events:
        said = found.refused[0]["why"] if found.refused else _("There is no event in it.")
        raise UnreadableFile(said)
    reader = _Reader(found, branch_names(), _changed_ones(events), language)
    for event in events:
        where = _title(event) or str(event.get("UID", ""))
        try:
            reader.take(event, where)
        except RuleRefused as problem:
            found.refuse(where, str(problem))
        except Exception:  # files of strangers break in many ways; one event less is better than none
            found.refuse(where, _("It is written in a way that cannot be read."))
    return found


def _components(data: bytes) -> list[Any]:
    from icalendar import Calendar

    try:
        with warnings.catch_warnings(action="ignore"):
            found = Calendar.from_ical(data, multiple=True)
    except Exception as problem:
        raise UnreadableFile(_("It is no iCalendar file, or a broken one.")) from problem
    return list(found) if isinstance(found, list) else [found]


def _changed_ones(events: Iterable[Any]) -> set[tuple[str, datetime]]:
    """Occurrences that an event of their own speaks of."""
    changed = set()
    for event in events:
        at = event.get("RECURRENCE-ID")
        if at is not None and not isinstance(at, list):
            changed.add((str(event.get("UID", "")), _moment(at.dt)))
    return changed


@dataclass(frozen=True)
class _Reader:
    found: Found
    branches: dict[str, int]
    changed: set[tuple[str, datetime]]
    language: str

    def take(self, event: Any, where: str) -> None:
        begins = event.get("DTSTART")
        if begins is None or isinstance(begins, list):
            said = _("Its date cannot be read.") if event.errors else _("It does not say when it begins.")
            self.found.refuse(where, said)
        elif not isinstance(begins.dt, datetime):
            said = _("It lasts whole days and has no hour. Enter it by hand, with its hours.")
            self.found.refuse(where, said)
        else:
            self._take_dates(event, where, _moment(begins.dt))

    def _take_dates(self, event: Any, where: str, start: datetime) -> None:
        length, categories = _length(event, start), _categories(event)
        uid = (_words(event, "UID") or _made_up(event, start))[:400]
        dates = list(_dates(event, start, uid, self.changed))
        if not dates:
            self.found.refuse(where, _("None of its dates lies between a year ago and two years ahead."))
        for name, moment in dates:
            entry = Entry(
                uid=uid,
                recurrence=name,
                title=_title(event)[:200],
                about=_words(event, "DESCRIPTION")[:2000],
                starts_at=moment,
                ends_at=moment + length,
                audience=band_of(categories) if categories else "",
                language=language_or(_language(event), self.language),
                cancelled=_words(event, "STATUS").upper() == "CANCELLED",
            )
            placed(entry, _words(event, "LOCATION"), self.branches)
            self.found.take(entry, where)


def _dates(event: Any, start: datetime, uid: str, changed: set[tuple[str, datetime]]) -> Iterable[tuple[str, datetime]]:
    """Each occurrence with the name that stays when it is moved: the start that was planned first."""
    own = event.get("RECURRENCE-ID")
    if own is not None:
        return [(_name(_moment(own.dt)), start)]
    rules = [rule.to_ical().decode() for rule in _many(event.get("RRULE"))]
    more = {_moment(one) for one in _listed(event.get("RDATE"))}
    if not rules and not more:
        return [("", start)]
    without = {_moment(one) for one in _listed(event.get("EXDATE"))}
    without |= {at for of, at in changed if of == uid}
    days = {_moment(one).date() for one in _listed(event.get("EXDATE")) if not isinstance(one, datetime)}
    all_of_them = occurrences(start, rules, more, without)
    return [(_name(one), one) for one in all_of_them if one.date() not in days]


def _name(moment: datetime) -> str:
    return f"{moment.astimezone(timezone.get_fixed_timezone(0)):%Y%m%dT%H%M%SZ}"


def _many(value: Any) -> list[Any]:
    return [] if value is None else value if isinstance(value, list) else [value]


def _listed(value: Any) -> list[Any]:
    """Of RDATE and EXDATE, which hold several dates each; of a period its beginning."""
    moments = [one.dt for several in _many(value) for one in several.dts]
    return [one[0] if isinstance(one, tuple) else one for one in moments]


def _moment(value: Any) -> datetime:
    """A moment with a zone: the library's where the file names none."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time()) if isinstance(value, date) else value
    return timezone.make_aware(value) if timezone.is_naive(value) else value


def _length(event: Any, start: datetime) -> timedelta:
    end, duration = event.get("DTEND"), event.get("DURATION")
    if end is not None and not isinstance(end, list):
        length = _moment(end.dt) - start
        return length if length else _USUAL
    return duration.dt if duration is not None and not isinstance(duration, list) else _USUAL


def _title(component: Any) -> str:
    return " ".join(_words(component, "SUMMARY").split())


def _words(component: Any, name: str) -> str:
    """The text of a property; of several the first."""
    value = _many(component.get(name))
    return str(value[0]).strip() if value else ""


def _language(event: Any) -> str:
    title = _many(event.get("SUMMARY"))
    return str(getattr(title[0], "params", {}).get("LANGUAGE", "")) if title else ""


def _categories(event: Any) -> str:
    return " ".join(str(one) for group in _many(event.get("CATEGORIES")) for one in getattr(group, "cats", [group]))


def _made_up(event: Any, start: datetime) -> str:
    words = f"{_title(event)}|{start.isoformat()}"
    return f"without-uid-{hashlib.sha256(words.encode()).hexdigest()[:32]}"
