"""`rapport coding FILE --text C --code C`: some rows are coded by hand, the house suggests the codes of the others."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.insight.methods.themes.coding import Suggested, suggest_codes
from rapport.insight.methods.themes.meaning import read
from rapport.lib.tables import Table, UnreadableTable


class Command(BaseCommand):
    help = (
        "Suggest a code for each row of a CSV or XLSX file that has none, learnt from the rows that have one, with a"
        " confidence. Read the doubtful ones first: they come first in the list without --json."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--text", required=True, metavar="COLUMN")
        parser.add_argument("--code", required=True, metavar="COLUMN", help="Empty where nobody has coded the row")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            table = Table(asked["file"])
            texts, codes = table.column(asked["text"]), table.column(asked["code"])
            found = suggest_codes(read(texts).vectors, codes)
        except (OSError, UnreadableTable) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        except ValueError as problem:
            raise CommandError(_("No row is coded yet. Code some by hand first."), returncode=2) from problem
        self.stdout.write(_as_json(found, codes) if asked["json"] else "\n".join(_in_words(found, texts, codes)))


def _as_json(found: list[Suggested], codes: list[str]) -> str:
    facts = {
        "codes": [code or each.code for code, each in zip(codes, found, strict=True)],
        "confidence": [None if code else each.confidence for code, each in zip(codes, found, strict=True)],
        "coded_by_hand": sum(bool(code) for code in codes),
    }
    return json.dumps(facts, ensure_ascii=False)


def _in_words(found: list[Suggested], texts: list[str], codes: list[str]) -> list[str]:
    rows = [(each, text) for each, text, code in zip(found, texts, codes, strict=True) if not code]
    rows.sort(key=lambda row: row[0].confidence)
    return [f"{each.confidence:.0%}  {each.code}  {' '.join(text.split())[:120]}" for each, text in rows]
