"""`rapport weigh ANSWERS --margins MARGINS --estimate mean:C`: weighted estimates with their standard errors."""

import json
import math
from argparse import ArgumentParser, ArgumentTypeError
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.insight.methods.weighing.designs import Lonely
from rapport.insight.methods.weighing.weighting import Caps
from rapport.insight.weighing_files.answers import Refused
from rapport.insight.weighing_files.work import Drawing, Line, Result, weigh


class Command(BaseCommand):
    help = (
        "Weigh the answers in a CSV or XLSX file to known margins, and estimate with design-based standard errors. "
        "The file of margins has the columns variable, level, and share or count; a variable may be two columns, a+b."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("answers", type=Path)
        parser.add_argument(
            "--margins", type=Path, metavar="FILE", help="Post-stratify (one variable) or rake (several)"
        )
        parser.add_argument(
            "--estimate",
            action="append",
            required=True,
            metavar="WHAT",
            dest="estimates",
            help="mean:C, total:C, share:C, ratio:C:D or quantile:C:Q; may be given more than once",
        )
        parser.add_argument("--strata", default="", metavar="COLUMN")
        parser.add_argument("--cluster", default="", metavar="COLUMN", help="dnum, or dnum+snum for two stages")
        parser.add_argument(
            "--fpc",
            default="",
            metavar="COLUMN",
            help="Size of the population that units were drawn from, or the fraction drawn",
        )
        parser.add_argument("--weight", default="", metavar="COLUMN", help="Start weights; without, from --fpc, or 1")
        parser.add_argument("--trim", type=_caps, metavar="LOW:HIGH", help="Least and most weight, in mean weights")
        parser.add_argument(
            "--lonely",
            default=Lonely.ADJUST,
            choices=[rule.value for rule in Lonely],
            help="What a stratum with one unit counts for",
        )
        parser.add_argument("--self-selected", action="store_true", help="People chose to answer: no standard errors")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        drawing = Drawing(
            strata=asked["strata"],
            cluster=asked["cluster"],
            fpc=asked["fpc"],
            weight=asked["weight"],
            lonely=Lonely(asked["lonely"]),
            is_probability=not asked["self_selected"],
        )
        try:
            result = weigh(asked["answers"], asked["estimates"], drawing, margins=asked["margins"], caps=asked["trim"])
        except Refused as problem:
            raise CommandError(str(problem), returncode=2) from problem
        for note in result.notes:
            self.stderr.write(note)
        self.stdout.write(_as_json(result) if asked["json"] else "\n".join(_as_table(result)))


def _caps(text: str) -> Caps:
    try:
        low, high = (float(part) for part in text.split(":"))
    except ValueError as problem:
        raise ArgumentTypeError("two numbers, such as 0.3:3") from problem
    return Caps(low=low, high=high)


def _as_json(result: Result) -> str:
    weights = result.weights
    facts = {
        "estimates": [_facts(line) for line in result.lines],
        "weights": {
            "deff_kish": weights.deff_kish,
            "n_effective": weights.n_effective,
            "converged": weights.converged,
        },
    }
    return json.dumps(facts, ensure_ascii=False, allow_nan=False)


def _facts(line: Line) -> dict[str, str | float | None]:
    found = line.found
    return {
        "name": line.name,
        "level": line.level,
        "estimate": found.estimate,
        "se": _finite(found.se),
        "deff": _finite(found.deff),
    }


def _finite(number: float | None) -> float | None:
    return number if number is not None and math.isfinite(number) else None


def _as_table(result: Result) -> list[str]:
    head = [_("Estimate"), _("Level"), _("Value"), _("Standard error"), _("95 % interval"), _("Design effect"), _("n")]
    rows = [head, *(_cells(line) for line in result.lines)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    lines = ["  ".join(_placed(cell, i, widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows]
    weights = result.weights
    spread = _("Weights from %(least)s to %(most)s, design effect %(deff)s: %(n)s answers are worth %(worth)s.") % {
        "least": _number(weights.least),
        "most": _number(weights.most),
        "deff": f"{weights.deff_kish:.3f}",
        "n": f"{weights.n:,}",
        "worth": f"{weights.n_effective:,.0f}",
    }
    met = _("All margins are met after %(rounds)s rounds.") % {"rounds": weights.rounds} if weights.converged else ""
    return [*lines, "", spread, *([met] if met and weights.misses else []), *([result.label] if result.label else [])]


def _cells(line: Line) -> list[str]:
    found = line.found
    limits = found.interval()
    return [
        line.name,
        line.level or "",
        _number(found.estimate),
        _number(found.se),
        f"{_number(limits[0])} – {_number(limits[1])}" if limits else "–",
        "–" if _finite(found.deff) is None else f"{found.deff:.3f}",
        f"{found.n:,}",
    ]


def _placed(cell: str, column: int, width: int) -> str:
    return cell.ljust(width) if column < 2 else cell.rjust(width)


def _number(number: float | None) -> str:
    """Six digits, or as many as stand before the point."""
    if number is None or not math.isfinite(number):
        return "–"
    digits = 0 if abs(number) < 1e-12 else max(0, 5 - math.floor(math.log10(abs(number))))
    return f"{number:,.{digits}f}"
