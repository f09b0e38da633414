"""`rapport statistics --set pls-2024 --from D --to D`: the elements of an official form, out of what was counted."""

import json
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterator
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.places.models import Branch
from rapport.programs.counting.ledgers import ledgers
from rapport.programs.counting.year import Figures, Line, Period, figures
from rapport.programs.methods.statistics import SETS


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as problem:
        raise ArgumentTypeError(_("%(text)s is no date such as 2026-11-28") % {"text": text}) from problem


class Command(BaseCommand):
    help = (
        "Count every element of a set over a period, both days included. Attendance that nobody counted makes a figure "
        '"at least so many"; a figure that changed much since the year before asks for an explanation.'
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--set", default="pls-2024", choices=sorted(SETS), dest="elements")
        parser.add_argument("--from", required=True, type=_day, dest="first", metavar="DAY")
        parser.add_argument("--to", required=True, type=_day, dest="last", metavar="DAY")
        parser.add_argument("--branch", default="", help="The short name of a branch; without what is online only")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        branch = _branch(asked["branch"])
        try:
            found = figures(SETS[asked["elements"]], Period(asked["first"], asked["last"], branch))
        except ValueError as problem:
            raise CommandError(str(problem), returncode=2) from problem
        self.stdout.write(_as_json(found) if asked["json"] else "\n".join(_in_words(found)))


def _branch(slug: str) -> Branch | None:
    found = Branch.objects.filter(slug=slug).first()
    if slug and found is None:
        known = ", ".join(Branch.objects.values_list("slug", flat=True))
        raise CommandError(_("There is no branch %(slug)s. There are: %(known)s") % {"slug": slug, "known": known})
    return found


def _as_json(found: Figures) -> str:
    said = {
        "set": found.elements.name,
        "source": found.elements.source,
        "from": found.period.first.isoformat(),
        "to": found.period.last.isoformat(),
        "branch": found.period.branch.slug if found.period.branch else None,
        "elements": {one.element.name: one.figure.value for one in found.lines},
        "marks": {one.element.name: one.figure.mark for one in found.lines},
        "not_counted": {one.element.name: len(one.figure.lacking) for one in found.lines if one.figure.lacking},
        "year_before": {one.element.name: one.before.value for one in found.lines},
        "explanations": {
            one.element.name: one.explanation.words if one.explanation else None
            for one in found.lines
            if one.is_large or one.explanation
        },
        "cross_foots": [{"total": one.total, "parts": one.parts, "is_right": one.is_right} for one in found.feet],
        "ledgers": [
            {"name": one.name, "dates": one.dates, "people": one.people, "not_counted": one.lacking}
            for one in ledgers(found)
        ],
    }
    return json.dumps(said, ensure_ascii=False, indent=2)


def _in_words(found: Figures) -> Iterator[str]:
    yield f"{found.elements.title} · {found.period.first} – {found.period.last}"
    for one in found.lines:
        yield _row(one)
    for foot in found.feet:
        word = _("right") if foot.is_right else _("WRONG")
        yield f"{foot.total} = {' + '.join(foot.parts)}: {word}"
    yield _("Counted apart:")
    for ledger in ledgers(found):
        yield f"  {ledger.name}: {ledger.dates}" + (f" ({ledger.people})" if ledger.people is not None else "")


def _row(one: Line) -> str:
    figure = one.figure
    least = "" if figure.is_whole else _("at least") + " "
    row = f"{one.element.number} {one.element.name:<11} {least}{figure.value} {figure.mark}"
    if one.is_large:
        why = one.explanation.words if one.explanation else _("not explained yet")
        row += "  " + _("(%(before)s the year before: %(why)s)") % {"before": one.before.value, "why": why}
    return row
