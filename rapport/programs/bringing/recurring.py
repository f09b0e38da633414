"""When something that comes again comes (RFC 5545, 3.8.5), within bounds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import islice

from dateutil.rrule import rrulestr
from django.utils import timezone
from django.utils.translation import gettext as _

BEHIND, AHEAD = timedelta(days=400), timedelta(days=730)
MOST = 1_000  # dates of one rule
_LOOKED_AT = 40_000
_TOO_OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")


class RuleRefused(ValueError):
    """The rule cannot be followed; the words say why."""


def occurrences(
    start: datetime, rules: Iterable[str], more: Iterable[datetime], without: set[datetime], now: datetime | None = None
) -> list[datetime]:
    """Starts in the zone of the first one, from a year ago to two years ahead. The hour stays when the clocks change.

    `rules` are RRULE values ("FREQ=WEEKLY;BYDAY=TU"), `more` are RDATEs and `without` EXDATEs, all
    with a zone. Raises RuleRefused.
    """
    now = now or timezone.now()
    wall = start.replace(tzinfo=None)
    first, last = (now + shift for shift in (-BEHIND, AHEAD))
    rules = list(rules)
    found = {start} if not rules else set()
    for rule in rules:
        found |= {moment.replace(tzinfo=start.tzinfo) for moment in _walls(rule, wall, start, first, last)}
    found |= set(more)
    kept = sorted(moment for moment in found - without if not rules or first <= moment <= last)
    return kept[:MOST]


def _walls(rule: str, wall: datetime, start: datetime, first: datetime, last: datetime) -> list[datetime]:
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    if parts.get("FREQ") in _TOO_OFTEN:
        raise RuleRefused(_("It comes again more often than daily."))
    if "UNTIL" in parts:
        parts["UNTIL"] = _until(parts["UNTIL"], start)
    elif "COUNT" not in parts:
        parts["UNTIL"] = f"{max(last.replace(tzinfo=None), wall):%Y%m%dT%H%M%S}"
    words = ";".join(f"{name}={value}" for name, value in parts.items())
    try:
        all_of_them = list(islice(rrulestr(f"RRULE:{words}", dtstart=wall), _LOOKED_AT))
    except (ValueError, TypeError, KeyError, OverflowError) as problem:
        raise RuleRefused(_("The rule by which it comes again cannot be read.")) from problem
    near = (first.replace(tzinfo=None) - timedelta(days=1), last.replace(tzinfo=None) + timedelta(days=1))
    return [moment for moment in all_of_them if near[0] <= moment <= near[1]][: MOST + 1]


def _until(text: str, start: datetime) -> str:
    """The last moment by the clock of the first date, as dateutil wants it."""
    if text.endswith("Z"):
        moment = datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=timezone.get_fixed_timezone(0))
        return f"{moment.astimezone(start.tzinfo):%Y%m%dT%H%M%S}"
    return text if "T" in text else f"{text}T235959"
