"""`rapport agreement FILE --coders A B`: how far people who coded the same rows agree (Krippendorff's alpha)."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.insight.methods.themes.agreement import alpha, alpha_by_code, disagreements
from rapport.lib.tables import Table, UnreadableTable


class Command(BaseCommand):
    help = (
        "Krippendorff's alpha for nominal codes in a CSV or XLSX file: one row a thing, one column a coder, an empty"
        " cell where this coder did not code it. Also for each code alone, and the rows where they differ."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--coders", required=True, nargs="+", metavar="COLUMN")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        if len(asked["coders"]) < 2:
            raise CommandError(_("Name the columns of at least two coders"), returncode=2)
        try:
            table = Table(asked["file"])
            coders = [[code or None for code in table.column(name)] for name in asked["coders"]]
        except (OSError, UnreadableTable) as problem:
            raise CommandError(str(problem), returncode=2) from problem
        facts = {
            "alpha": _rounded(alpha(coders)),
            "by_code": {str(code): _rounded(value) for code, value in alpha_by_code(coders).items()},
            "rows": len(coders[0]),
            "differ": disagreements(coders),
        }
        self.stdout.write(json.dumps(facts, ensure_ascii=False) if asked["json"] else "\n".join(_in_words(facts)))


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _in_words(facts: dict[str, Any]) -> Iterator[str]:
    if facts["alpha"] is None:
        yield _("There is nothing to compare: no row was coded by two people, or all have one code.")
        return
    yield _("Krippendorff's alpha: %(alpha)s") % {"alpha": f"{facts['alpha']:.3f}"}
    for code, value in facts["by_code"].items():
        yield f"  {code}: {'–' if value is None else format(value, '.3f')}"
    yield _("They differ in %(n)s of %(all)s rows.") % {"n": len(facts["differ"]), "all": facts["rows"]}
