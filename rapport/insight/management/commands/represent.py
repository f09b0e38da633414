"""`rapport represent COUNTS PROFILE --json`: who was heard, beside who lives here."""

import json
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.insight.methods.assessing.representation import Represented, Standing, representation
from rapport.lib.publishing import published
from rapport.lib.tables import Row, Table, UnreadableTable

Key = tuple[str, str]  # a group of records (a branch, a month), and a dimension
Bands = dict[str, float]


class Command(BaseCommand):
    help = (
        "Compare who was heard with who lives here, band by band: the representation index with its "
        "exact 95 % interval. "
        "COUNTS has the columns band and, if there are several, dimension; count, or one row for each record; and, "
        "with --by, a column such as branch, step or month. PROFILE has band, people (or share), dimension likewise, "
        "and may have the column of --by, for groups with a profile of their own. Both are CSV or XLSX."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("counts", type=Path)
        parser.add_argument("profile", type=Path)
        parser.add_argument("--by", default="", metavar="COLUMN")
        parser.add_argument("--together", type=float, default=1.0, help="With how many people come on average (1)")
        parser.add_argument("--threshold", type=int, default=0, help="Hide counts below this, and what gives them away")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            if not asked["together"] >= 1:
                raise ValueError(_("--together is one or more"))
            heard = _read(Table(asked["counts"]), ("count",), asked["by"], is_each_one=True)
            people = _read(Table(asked["profile"]), ("people", "share"), asked["by"])
            if asked["by"] and not any(key[0] for key in heard):
                raise ValueError(_("There is no column %(name)s") % {"name": asked["by"]})
            groups = list(_groups(heard, people, asked["together"], asked["threshold"]))
            if not groups:
                raise ValueError(_("No band of the counts is a band of the profile"))
        except (OSError, UnreadableTable, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self.stdout.write(json.dumps({"rows": groups}, ensure_ascii=False) if asked["json"] else _in_words(groups))


def _read(table: Table, numbers: Iterable[str], by: str, *, is_each_one: bool = False) -> dict[Key, Bands]:
    """The sums of a column by group, dimension and band. Raises ValueError naming what is not there."""
    names = table.names()
    number = next((name for name in numbers if name in names), "")
    if "band" not in names or not (number or is_each_one):
        missing = "band" if "band" not in names else " / ".join(numbers)
        raise ValueError(_("There is no column %(name)s") % {"name": missing})
    found: dict[Key, Bands] = defaultdict(lambda: defaultdict(float))
    for line, row in table.rows():
        key = _text(row, by) if by else "", _text(row, "dimension")
        if band := _text(row, "band"):
            found[key][band] += _number(row, number, line) if number else 1.0
    return found


def _text(row: Row, name: str) -> str:
    cell = row.get(name)
    return "" if cell is None else str(cell).strip()


def _number(row: Row, name: str, line: int) -> float:
    try:
        number = float(str(row.get(name) or 0).replace(",", ""))
    except ValueError as problem:
        said = _("row %(row)s: %(cell)s in %(column)s is no number")
        raise ValueError(said % {"row": line, "cell": row.get(name), "column": name}) from problem
    if not 0 <= number < float("inf"):
        raise ValueError(_("row %(row)s: a count is not below zero") % {"row": line})
    return number


def _groups(
    heard: dict[Key, Bands], people: dict[Key, Bands], together: float, threshold: int
) -> Iterator[dict[str, Any]]:
    for (group, dimension), counts in heard.items():
        profile = people.get((group, dimension)) or people.get(("", dimension)) or {}
        counted = {band: round(counts.get(band, 0)) for band in profile}
        rows = representation(counted, profile, together=together)
        hidden = published([row.heard for row in rows], threshold=threshold).hides
        for row, is_hidden in zip(rows, hidden, strict=True):
            yield {"by": group, "dimension": dimension, **(_hidden(row) if is_hidden else _told(row))}


def _told(row: Represented) -> dict[str, Any]:
    return {
        "band": row.band,
        "n": row.heard,
        "share": round(row.share, 6),
        "people": round(row.people, 6),
        "index": round(row.index, 6),
        "low": round(row.low, 6),
        "high": round(row.high, 6),
        "standing": row.standing,
        "warning": row.standing == Standing.MISSING,
    }


def _hidden(row: Represented) -> dict[str, Any]:
    nothing = dict.fromkeys(["n", "share", "index", "low", "high"])
    return {"band": row.band, **nothing, "people": round(row.people, 6), "standing": "hidden", "warning": False}


def _in_words(rows: list[dict[str, Any]]) -> str:
    return "\n".join(
        f"{row['by']:12} {row['dimension']:14} {row['band']:20} "
        + (
            _("too few to show")
            if row["n"] is None
            else f"n={row['n']:<7} {row['index']:.2f} ({row['low']:.2f}–{row['high']:.2f}) {row['standing']}"
        )
        for row in rows
    )
