"""The library's clock inside a query: the minute of the day, and the weekday, at which something begins."""

from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Func, IntegerField
from django.utils import timezone

_BEHIND, _AHEAD = 800, 1200  # days around today in which the clock is followed through its changes


class _Local(Func):
    """SQLite has no time zones: there the clock's changes stand in the query, and no row goes through Python."""

    output_field = IntegerField()
    lite = postgres = ""

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        until, last = clock_changes(settings.TIME_ZONE, timezone.localdate())
        cases = "".join(f"WHEN {column} < %s THEN %s " for _change in until)
        shift = f"CASE {cases}ELSE %s END" if until else "%s"
        shifts = [one for change in until for one in (*params, *change)] + [last]
        return self.lite.format(column=column, shift=shift), (*params, *shifts) * self.lite.count("{column}")

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, tuple[Any, ...]]:
        column, params = compiler.compile(self.source_expressions[0])
        here = f"({column} AT TIME ZONE %s)"
        return self.postgres.format(here=here), (*params, settings.TIME_ZONE) * self.postgres.count("{here}")


class LocalMinute(_Local):
    """Minutes since midnight."""

    lite = (
        "(CAST(strftime('%%H', {column}, {shift}) AS INTEGER) * 60"
        " + CAST(strftime('%%M', {column}, {shift}) AS INTEGER))"
    )
    postgres = "(EXTRACT(HOUR FROM {here})::int * 60 + EXTRACT(MINUTE FROM {here})::int)"


class LocalWeekday(_Local):
    """0 is Monday."""

    lite = "((CAST(strftime('%%w', {column}, {shift}) AS INTEGER) + 6) %% 7)"
    postgres = "(EXTRACT(ISODOW FROM {here})::int - 1)"


@lru_cache(maxsize=4)
def clock_changes(zone: str, today: date) -> tuple[list[tuple[str, str]], str]:
    """Until when (UTC) the clock was shifted by how much, and by how much it is from then on."""
    here = ZoneInfo(zone)
    moment = datetime(today.year, today.month, today.day, tzinfo=UTC) - timedelta(days=_BEHIND)
    found, shift = [], moment.astimezone(here).utcoffset()
    for _day in range(_BEHIND + _AHEAD):
        hours = [moment + timedelta(hours=hour) for hour in range(1, 25)]
        for hour in hours if hours[-1].astimezone(here).utcoffset() != shift else []:
            now = hour.astimezone(here).utcoffset()
            if now != shift:
                found.append((f"{hour:%Y-%m-%d %H:%M:%S}", _minutes(shift)))
                shift = now
        moment = hours[-1]
    return found, _minutes(shift)


def _minutes(shift: timedelta | None) -> str:
    return f"{int((shift or timedelta()).total_seconds() // 60):+d} minutes"
