"""`rapport mask FILE --text C`: what in a column of open words looks personal, and the words with it hidden."""

import csv
import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.lib.tables import Table, UnreadableTable
from rapport.listening.methods.masking import Found, find, hidden

Line = tuple[int, str, list[Found], str]


class Command(BaseCommand):
    help = (
        "Find personal data in a column of a CSV or XLSX file (names, phone numbers, mail, addresses, cards, "
        "birthdays; "
        "English, Spanish, Arabic, German) and write the words with it hidden. Colleagues are found from a file with "
        "one name a line. It misses names that stand without a word such as “my name is”: read before you publish."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--names", type=Path, metavar="FILE", help="Names of colleagues, one a line")
        parser.add_argument("--language", default="en", metavar="CODE", help="In which the labels are: en, es, de, ar")
        parser.add_argument(
            "--out", type=Path, metavar="FILE", help="Write the whole table there, as CSV, words hidden"
        )
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            names = asked["names"].read_text(encoding="utf-8").splitlines() if asked["names"] else []
            table = Table(asked["file"])
            if asked["text"] not in table.names():
                raise ValueError(_("There is no column %(name)s") % {"name": asked["text"]})
            rows = list(table.rows())
        except (OSError, UnicodeError, UnreadableTable, ValueError) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        lines = list(_lines(rows, asked["text"], names, asked["language"]))
        if asked["out"]:
            _write(asked["out"], table.names(), rows, asked["text"], lines)
        self.stdout.write(_as_json(lines) if asked["json"] else "\n".join(_in_words(lines)))


def _lines(rows: list[tuple[int, Any]], column: str, names: list[str], language: str) -> Iterator[Line]:
    for number, row in rows:
        words = str(row.get(column) or "")
        found = find(words, names)
        yield number, words, found, hidden(words, found, language)


def _write(path: Path, header: list[str], rows: list[tuple[int, Any]], column: str, lines: list[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        for (_number, row), line in zip(rows, lines, strict=True):
            writer.writerow([line[3] if name == column else row.get(name, "") for name in header])


def _as_json(lines: list[Line]) -> str:
    rows = [
        {
            "row": number,
            "masked": masked,
            "found": [{"kind": one.kind, "start": one.start, "end": one.end, "text": one.text} for one in found],
        }
        for number, _words, found, masked in lines
    ]
    return json.dumps({"rows": rows, "counts": _counts(lines)}, ensure_ascii=False)


def _counts(lines: list[Line]) -> dict[str, int]:
    return dict(Counter(one.kind.value for _number, _words, found, _masked in lines for one in found))


def _in_words(lines: list[Line]) -> Iterator[str]:
    for number, _words, found, masked in lines:
        if found:
            yield f"{number}: {masked}"
    told = ", ".join(f"{kind} {n}" for kind, n in sorted(_counts(lines).items())) or _("nothing")
    yield _("Found: %(what)s. Please read once more: names without a word beside them are missed.") % {"what": told}
