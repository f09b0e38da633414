"""`rapport import_voices FILE --text COLUMN`: voices from a CSV or XLSX file, with a report of every row."""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError, OutputWrapper
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.lib.tables import Table, UnreadableTable
from rapport.listening.bringing_in import BringingIn, Report
from rapport.listening.models import Channel, VoiceKind
from rapport.listening.signals import voices_brought_in

_SHOWN = 20
_WIDE = 30


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
        self._run(work, Table(asked["file"]))
        if work.report.taken and not work.is_dry:
            voices_brought_in.send(type(self))
        seconds = max(monotonic() - began, 0.001)
        if asked["refused"]:
            _write_refused(asked["refused"], work.report)
        if asked["json"]:
            self.stdout.write(_as_json(work.report, seconds))
        else:
            self._say(work, seconds)

    def _run(self, work: BringingIn, table: Table) -> None:
        try:
            _check_columns(work, table.names())
            shown = Progress(self.stderr, table)
            for report in work.take(table.rows()):
                shown.show(report)
            shown.end()
        except (OSError, UnicodeError, UnreadableTable) as problem:
            raise CommandError(_("This file cannot be read: %(why)s") % {"why": problem}) from problem

    def _say(self, work: BringingIn, seconds: float) -> None:
        report = work.report
        say = self.stdout.write
        if work.is_dry:
            say(_("A dry run: nothing was written."))
        counted = {"read": f"{report.read:,}", "s": f"{seconds:.1f}", "speed": f"{report.read / seconds:,.0f}"}
        say(
            ngettext(
                "%(read)s row read in %(s)s seconds (%(speed)s a second).",
                "%(read)s rows read in %(s)s seconds (%(speed)s a second).",
                report.read,
            )
            % counted
        )
        say(
            _("%(taken)s taken, %(known)s already there, %(refused)s refused.")
            % {"taken": f"{report.taken:,}", "known": f"{report.known:,}", "refused": f"{len(report.refused):,}"}
        )
        self._say_refused(report)
        if report.taken and not work.to_be_answered:
            say(_("They have no clock to answer by, and count as unanswered (see --to-be-answered)."))

    def _say_refused(self, report: Report) -> None:
        for why, count in Counter(why for _number, why in report.refused).most_common(_SHOWN):
            self.stdout.write(f"  {count:,} × {why}")
        for number, why in report.refused[:_SHOWN]:
            self.stdout.write(_("  row %(number)s: %(why)s") % {"number": number, "why": why})
        if len(report.refused) > _SHOWN:
            self.stdout.write(_("  All refused rows: --refused FILE"))


def _check_columns(work: BringingIn, names: list[str]) -> None:
    wanted = [work.text, work.date, work.branch, work.kind_column]
    if missing := [name for name in wanted if name and name not in names]:
        raise CommandError(
            _("There is no column “%(missing)s”. The file has: %(names)s.")
            % {"missing": "”, “".join(missing), "names": ", ".join(names)}
        )


class Progress:
    """A bar on a terminal; nothing where the words go to a file."""

    def __init__(self, out: OutputWrapper, table: Table) -> None:
        self._out = out
        self._began = monotonic()
        self._all = table.count() if out.isatty() else 0

    def show(self, report: Report) -> None:
        if not self._all:
            return
        done = min(report.read / self._all, 1)
        bar = ("█" * round(done * _WIDE)).ljust(_WIDE, "░")
        speed = report.read / max(monotonic() - self._began, 0.001)
        words = _("%(read)s of %(all)s rows, %(speed)s a second") % {
            "read": f"{report.read:,}",
            "all": f"{self._all:,}",
            "speed": f"{speed:,.0f}",
        }
        self._out.write(f"\r{bar} {done:4.0%}  {words} ", ending="")
        self._out.flush()

    def end(self) -> None:
        if self._all:
            self._out.write("")


def _as_json(report: Report, seconds: float) -> str:
    refused = [{"row": number, "why": why} for number, why in report.refused]
    facts = {"read": report.read, "taken": report.taken, "already_there": report.known, "refused": refused}
    return json.dumps({**facts, "seconds": round(seconds, 2)}, ensure_ascii=False)


def _write_refused(path: Path, report: Report) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([("row", "reason"), *report.refused])
