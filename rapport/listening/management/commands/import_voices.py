"""`rapport import_voices FILE --text COLUMN`: voices from a CSV or XLSX file, with a report of every row."""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from rapport.listening.bringing_in import BringingIn, Report
from rapport.listening.models import Channel, VoiceKind
from rapport.listening.tables import UnreadableTable, rows_of

_SHOWN = 20


class Command(BaseCommand):
    help = "Bring in voices from a CSV or XLSX file. The same file twice adds nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--date", default="", metavar="COLUMN")
        parser.add_argument("--branch", default="", metavar="COLUMN")
        parser.add_argument("--kind", default=VoiceKind.SUGGESTION, choices=VoiceKind.values)
        parser.add_argument("--kind-column", default="", metavar="COLUMN")
        parser.add_argument("--channel", default=Channel.IMPORT, choices=Channel.values)
        parser.add_argument("--language", default="auto", metavar="auto|CODE")
        parser.add_argument("--dayfirst", action="store_true", help="03/04/2026 is the third of April")
        parser.add_argument("--to-be-answered", action="store_true", help="Start the clocks of answers now")
        parser.add_argument("--dry-run", action="store_true")
        parser.add_argument("--json", action="store_true")
        parser.add_argument("--refused", type=Path, metavar="FILE", help="Write the refused rows to this CSV file")

    def handle(self, *args: Any, **asked: Any) -> None:
        work = BringingIn(
            text=asked["text"],
            date=asked["date"],
            branch=asked["branch"],
            kind_column=asked["kind_column"],
            kind=asked["kind"],
            channel=asked["channel"],
            language=asked["language"],
            day_first=asked["dayfirst"],
            to_be_answered=asked["to_be_answered"],
            is_dry=asked["dry_run"],
        )
        began = monotonic()
        self._run(work, asked["file"])
        if asked["refused"]:
            _write_refused(asked["refused"], work.report)
        self._say(work, monotonic() - began, as_json=asked["json"])

    def _run(self, work: BringingIn, file: Path) -> None:
        try:
            rows = rows_of(file)
            first = next(rows, None)
            missing = [c for c in (work.text, work.date, work.branch, work.kind_column) if c and c not in (first or {})]
            if missing:
                raise CommandError(f"No column {', '.join(missing)}; the file has: {', '.join(first or {})}")
            for report in work.take(chain([first] if first else [], rows)):
                self._progress(report)
        except (OSError, UnreadableTable) as problem:
            raise CommandError(f"This file cannot be read: {problem}") from problem

    def _progress(self, report: Report) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{report.read:>9,} rows read, {report.taken:,} taken", ending="")

    def _say(self, work: BringingIn, seconds: float, *, as_json: bool) -> None:
        report = work.report
        if as_json:
            facts = {"read": report.read, "taken": report.taken, "already_there": report.known}
            self.stdout.write(json.dumps({**facts, "refused": report.refused, "seconds": round(seconds, 2)}))
            return
        if work.is_dry:
            self.stdout.write("A dry run: nothing was written.")
        speed = report.read / seconds if seconds else 0
        self.stdout.write(f"{report.read:,} rows read in {seconds:.1f} s ({speed:,.0f} a second).")
        self.stdout.write(f"{report.taken:,} taken, {report.known:,} already there, {len(report.refused):,} refused.")
        for why, count in Counter(why for _number, why in report.refused).most_common(_SHOWN):
            self.stdout.write(f"  {count:,} × {why}")
        for number, why in report.refused[:_SHOWN]:
            self.stdout.write(f"  row {number}: {why}")
        if not work.to_be_answered:
            self.stdout.write("They have no clock to answer by, and count as unanswered (see --to-be-answered).")


def _write_refused(path: Path, report: Report) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "reason"), *report.refused])
