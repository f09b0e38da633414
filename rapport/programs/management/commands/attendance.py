"""`rapport attendance FILE --series C --count C --date C`: which series draw fewer or more people than they did."""

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.lib.tables import Row, Table, UnreadableTable, day_in
from rapport.programs.methods.attendance import Course, Trend, trends

Series = dict[str, list[float | None]]


class Command(BaseCommand):
    help = (
        "Read a CSV or XLSX file with one row for each session, and compare each series with its own past. An empty "
        "count is a session that nobody counted, not one to which nobody came."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--series", required=True, metavar="COLUMN")
        parser.add_argument("--count", required=True, metavar="COLUMN")
        parser.add_argument("--date", default="", metavar="COLUMN", help="Sort by this day; else rows stand in order")
        parser.add_argument("--rate", type=float, default=0.05, help="The share of false alarms that is borne (0.05)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            series = _series(Table(asked["file"]), asked["series"], asked["count"], asked["date"])
            found = dict(zip(series, trends(series.values(), rate=asked["rate"]), strict=True))
        except (OSError, UnreadableTable, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self.stdout.write(_as_json(found, asked["rate"]) if asked["json"] else "\n".join(_in_words(found)))


def _series(table: Table, name_column: str, count_column: str, date_column: str) -> Series:
    """The counts of each series, the oldest first. Raises ValueError naming what is not there or not a number."""
    names = table.names()
    for name in filter(None, (name_column, count_column, date_column)):
        if name not in names:
            raise ValueError(_("There is no column %(name)s") % {"name": name})
    rows = list(table.rows())
    if date_column:
        rows.sort(key=lambda numbered: day_in(numbered[1], date_column, numbered[0]))
    series: Series = defaultdict(list)
    for number, row in rows:
        series[str(row.get(name_column, "")).strip()].append(_count(row, count_column, number))
    return dict(series)


def _count(row: Row, column: str, number: int) -> float | None:
    cell = str(row.get(column, "")).strip()
    if not cell:
        return None
    try:
        count = float(cell)
    except ValueError as problem:
        said = _("row %(number)s: %(cell)s in %(column)s is not a number")
        raise ValueError(said % {"number": number, "cell": cell, "column": column}) from problem
    if not 0 <= count < float("inf"):
        raise ValueError(_("row %(number)s: a count is 0 or more") % {"number": number})
    return count


def _as_json(found: dict[str, Trend], rate: float) -> str:
    series = [{"series": name, **asdict(trend), "course": trend.course.value} for name, trend in found.items()]
    return json.dumps({"rate": rate, "series": series}, ensure_ascii=False)


def _in_words(found: dict[str, Trend]) -> Iterator[str]:
    order = [Course.FALLING, Course.RISING, Course.STEADY, Course.TOO_EARLY]
    for name, trend in sorted(found.items(), key=lambda one: (order.index(one[1].course), one[1].p, one[0])):
        yield f"{name}: {in_words(trend)}"


def in_words(trend: Trend) -> str:
    """The course of a series in one sentence."""
    facts = {"n": trend.n, "percent": f"{abs(trend.change or 0) * 100:.1f}"}
    if trend.course == Course.TOO_EARLY:
        return _("too early to tell (%(n)s sessions counted)") % facts
    if trend.course == Course.STEADY:
        return _("no change beyond what chance explains (%(n)s sessions counted)") % facts
    if trend.course == Course.FALLING:
        return _("fewer people: about %(percent)s %% less from one session to the next (%(n)s counted)") % facts
    return _("more people: about %(percent)s %% more from one session to the next (%(n)s counted)") % facts
