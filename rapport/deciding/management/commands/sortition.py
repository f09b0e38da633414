"""`rapport sortition VOLUNTEERS --quotas QUOTAS --size 12 --seed WORDS`: draw a panel that anybody can draw again."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from rapport.deciding.methods.sortition import Panel, draw_panel, read_quotas, read_volunteers


class Command(BaseCommand):
    help = "Draw a panel by lot from volunteers, so that it meets quotas. The same files and seed give the same panel."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("volunteers", type=Path, help="CSV: id, and a column for each category")
        parser.add_argument("--quotas", required=True, type=Path, help="CSV: category, value, min, max")
        parser.add_argument("--size", required=True, type=int)
        parser.add_argument("--seed", required=True, help="The published seed of the lots")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            volunteers, quotas = read_volunteers(asked["volunteers"]), read_quotas(asked["quotas"])
            panel = draw_panel(volunteers, quotas, asked["size"], asked["seed"])
        except (OSError, ValueError) as problem:
            raise CommandError(_("No panel can be drawn: %(why)s") % {"why": problem}, returncode=2) from problem
        if asked["json"]:
            self.stdout.write(json.dumps(_facts(panel), ensure_ascii=False))
            return
        for name in panel.members:
            self.stdout.write(name)
        for (category, value), number in panel.counts.items():
            self.stdout.write(f"{category} {value}: {number}")


def _facts(panel: Panel) -> dict[str, Any]:
    counts = [{"category": category, "value": value, "n": number} for (category, value), number in panel.counts.items()]
    return {
        "members": list(panel.members),
        "passed_over": list(panel.passed_over),
        "seed": panel.seed,
        "counts": counts,
    }
