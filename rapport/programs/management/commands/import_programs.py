"""`rapport import_programs FILE`: bring a spreadsheet of earlier years, so that it counts with the rest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.lib.tables import Table, UnreadableTable
from rapport.programs.counting.past_sheets import Reading, bring, read, take, understand, unsettled
from rapport.programs.methods.past_rows import NAMES, audience_in
from rapport.programs.models import Band

_MOST_CELLS = 500_000


class Command(BaseCommand):
    help = (
        "Bring a CSV or XLSX file with one row for each date, or for several dates of a month. A blank attendance is "
        '"not counted". The same row never counts twice, however often the file comes.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--column", action="append", default=[], metavar=f"{{{','.join(NAMES)}}}=NAME")
        parser.add_argument("--place", action="append", default=[], metavar="NAME=BRANCH|online|elsewhere")
        parser.add_argument("--audience", action="append", default=[], metavar=f"WORDS={{{','.join(Band.values)}}}")
        parser.add_argument("--year", type=int, help="Where the file has months and no years")
        parser.add_argument("--dry-run", action="store_true", help="Say how it is understood, and keep nothing")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            grid = Table(asked["file"]).grid(most=_MOST_CELLS)
        except (OSError, UnreadableTable) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        sheet = bring(asked["file"].name, grid, by=None)
        sheet.columns |= _pairs(asked["column"], NAMES) | ({"in_year": asked["year"]} if asked["year"] else {})
        understand(sheet)
        sheet.places |= _pairs(asked["place"])
        sheet.audiences |= {words: band for words, band in _pairs(asked["audience"]).items() if band in Band.values}
        found = read(sheet)
        if asked["dry_run"] or found.lacks:
            sheet.delete()
        if found.lacks:
            lacking = _("No column says: %(what)s. Name it by --column") % {"what": ", ".join(found.lacks)}
            raise CommandError(lacking, returncode=2)
        self._say(found)
        if not asked["dry_run"]:
            take(sheet)
            self.stdout.write(
                _("%(new)d rows brought in, %(known)d were there already") % {"new": sheet.taken, "known": sheet.known}
            )
            for words, band, n in unsettled():
                self.stdout.write(
                    _("Please look: %(words)s counts as %(band)s (%(n)d rows)") % {"words": words, "band": band, "n": n}
                )

    def _say(self, found: Reading) -> None:
        said = _("%(rows)d rows: %(events)d events, attendance %(came)d, %(blank)d rows not counted")
        facts = {"rows": len(found.rows), "events": found.events, "came": found.attendance, "blank": found.blanks}
        self.stdout.write(said % facts)
        for number, why in found.refused:
            self.stderr.write(_("Row %(number)d is left out: %(why)s") % {"number": number, "why": why})
        for words in found.audiences:
            mark = " ?" if audience_in(words)[1] else ""
            self.stdout.write(f"  {words or '–'} → {found.sheet.audiences[words]}{mark}")


def _pairs(given: list[str], known: Any = None) -> dict[str, str]:
    pairs = {}
    for one in given:
        name, sign, value = one.rpartition("=")
        if known is not None:
            name, sign, value = one.partition("=")
        if not sign or (known is not None and name not in known):
            raise CommandError(_("%(one)s is not of the form NAME=VALUE") % {"one": one})
        pairs[name] = value
    return pairs
