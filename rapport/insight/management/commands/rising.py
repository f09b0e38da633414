"""`rapport rising FILE --text C --date C`: what people speak of more, less, or for the first time this week."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.insight.methods.themes.rising_phrases import Trend, rising_levels, rising_phrases
from rapport.lib.tables import Table, UnreadableTable, day_in


class Command(BaseCommand):
    help = (
        "Compare the latest week of a CSV or XLSX file of comments with its past: which phrases (or, with --by, which "
        "values of a column) rose, fell or are new, at a rate of false alarms that is held over all of them."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", default="", metavar="COLUMN")
        parser.add_argument("--by", default="", metavar="COLUMN", help="Count this column (themes, places) instead")
        parser.add_argument("--date", required=True, metavar="COLUMN")
        parser.add_argument("--language", default="", metavar="CODE")
        parser.add_argument("--rate", type=float, default=0.1, help="The share of false alarms that is borne (0.1)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        if bool(asked["text"]) == bool(asked["by"]):
            raise CommandError(_("Name one column: --text or --by"), returncode=2)
        column = asked["text"] or asked["by"]
        try:
            rows = list(_dated(Table(asked["file"]), column, asked["date"]))
            if asked["by"]:
                trends = rising_levels(rows, rate=asked["rate"])
            else:
                voices = [(text, day, asked["language"]) for text, day in rows]
                trends = rising_phrases(voices, rate=asked["rate"])
        except (OSError, UnreadableTable, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        latest = max(day for _text, day in rows)
        self.stdout.write(_as_json(trends, latest, asked["rate"]) if asked["json"] else "\n".join(_in_words(trends)))


def _dated(table: Table, column: str, date_column: str) -> Iterator[tuple[str, date]]:
    """Each row's words and day. Raises ValueError naming what is not there."""
    for name in (column, date_column):
        if name not in table.names():
            raise ValueError(_("There is no column %(name)s") % {"name": name})
    for number, row in table.rows():
        if text := str(row.get(column, "")).strip():
            yield text, day_in(row, date_column, number)


def _as_json(trends: list[Trend], latest: date, rate: float) -> str:
    rises = [trend for trend in trends if trend.change.is_rise]
    facts = {
        "until": latest.isoformat(),
        "rate": rate,
        "rising": [_facts(trend) for trend in rises],
        "falling": [_facts(trend) for trend in trends if not trend.change.is_rise],
    }
    return json.dumps(facts, ensure_ascii=False)


def _facts(trend: Trend) -> dict[str, Any]:
    change = trend.change
    return {
        "words": trend.words,
        "count": change.count,
        "expected": round(change.expected, 3),
        "is_new": change.is_new,
        "p": change.p,
        "q": change.q,
    }


def _in_words(trends: list[Trend]) -> Iterator[str]:
    if not trends:
        yield _("Nothing rose, fell or is new beyond what chance explains.")
    for trend in trends:
        change = trend.change
        sentence = _("New") if change.is_new else _("Rising") if change.is_rise else _("Falling")
        how = _("%(count)s this week, %(expected)s expected") % {
            "count": change.count,
            "expected": f"{change.expected:.1f}",
        }
        yield f"{sentence}: {trend.words} ({how})"
