"""`rapport tally FILE.pb --rule equalshares|greedy`: which projects a participatory budget pays for, step by step."""

import json
from argparse import ArgumentParser
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.deciding.methods.budgets import (
    Election,
    EqualShares,
    Greedy,
    Outcome,
    Rule,
    Step,
    beside,
    count,
    draw_lots,
    what_would_have_won,
    why,
)
from rapport.deciding.methods.pabulib_files import Pabulib, UnreadableBudget, own_shares, read_budget

_COMPLETIONS = ["add1u", "add1", "votes", "none"]


class Command(BaseCommand):
    help = "Count a participatory budget in Pabulib's format (.pb) by greedy counting or the Method of Equal Shares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--rule", choices=["equalshares", "greedy"], default="equalshares")
        as_file = "How Equal Shares uses what is left over (default: as the file's own rule says, or else add1u)"
        parser.add_argument("--completion", choices=_COMPLETIONS, help=as_file)
        parser.add_argument("--utility", choices=["cost", "cardinality"], default="cost")
        parser.add_argument("--seed", help="The published seed of the lots for ties (default: the one in the file)")
        parser.add_argument(
            "--why", metavar="PROJECT", help="Why this project won or not, and what would have changed it"
        )
        parser.add_argument("--beside", action="store_true", help="Show greedy and Equal Shares side by side")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **asked: Any) -> None:
        try:
            read = read_budget(asked["file"])
            rule = _rule(read, asked)
            seed = read.meta.get("seed", "") if asked["seed"] is None else asked["seed"]
            election = draw_lots(read.election, seed)
            outcome = count(election, rule)
            facts = outcome.as_json(election) | {"seed": seed, "differences": list(read.differences)}
            if asked["why"]:
                facts["why"] = _why(election, rule, outcome, asked["why"])
        except (OSError, UnreadableBudget, ValueError) as problem:
            raise CommandError(_("This file cannot be counted: %(why)s") % {"why": problem}, returncode=2) from problem
        if asked["beside"]:
            both = {"greedy": count(election, Greedy()), "equalshares": count(election, _shares(read, asked))}
            facts["beside"] = [one.as_json() for one in beside(election, both)]
        if asked["json"]:
            self.stdout.write(json.dumps(facts, ensure_ascii=False))
        else:
            self._say(election, outcome, facts)

    def _say(self, election: Election, outcome: Outcome, facts: dict[str, Any]) -> None:
        say = self.stdout.write
        for number, step in enumerate(outcome.steps, 1):
            say(f"{number:3}. {_in_words(election, step)}")
        words = ngettext(
            "%(n)s project for %(cost)s of %(budget)s",
            "%(n)s projects for %(cost)s of %(budget)s",
            len(outcome.winners),
        )
        say(words % {"n": len(outcome.winners), "cost": f"{facts['cost']:,}", "budget": f"{facts['budget']:,}"})
        for difference in facts["differences"]:
            say(_("The file differs from its ballots: %(what)s") % {"what": difference})
        for part in ("why", "beside"):
            if part in facts:
                say(json.dumps(facts[part], ensure_ascii=False, indent=2))


def _rule(read: Pabulib, asked: dict[str, Any]) -> Rule:
    if asked["rule"] == "greedy":
        threshold = read.meta.get("min_project_score_threshold") or "0"
        try:
            return Greedy(threshold=Fraction(threshold))
        except ValueError:
            raise UnreadableBudget(f"min_project_score_threshold: “{threshold[:40]}” is not a number") from None
    return _shares(read, asked)


def _shares(read: Pabulib, asked: dict[str, Any]) -> EqualShares:
    """The completion that was asked for; or else that of the file's own rule, with its comparison step."""
    if asked["completion"]:
        return EqualShares(asked["utility"], asked["completion"])
    return replace(own_shares(read.meta), utility=asked["utility"])


def _why(election: Election, rule: Rule, outcome: Outcome, project: str) -> dict[str, Any]:
    if project not in election.position:
        raise ValueError(_("there is no project “%(id)s”") % {"id": project})
    told = why(election, outcome, project)
    facts = {name: float(value) if isinstance(value, Fraction) else value for name, value in vars(told).items()}
    if not told.won:
        would = what_would_have_won(election, rule, outcome, project)
        facts["would_have_won"] = {"cost": None if would.cost is None else float(would.cost), "votes": would.votes}
    return facts


def _in_words(election: Election, step: Step) -> str:
    project = election.projects[step.project]
    facts = {
        "name": project.name or project.id,
        "cost": f"{float(project.cost):,.0f}",
        "left": f"{float(step.left):,.0f}",
        "share": f"{step.share or 0:,.2f}",
        "payers": step.payers,
    }
    if step.kind == "passed over":
        return _("%(name)s costs %(cost)s, too much for what is left (%(left)s)") % facts
    if step.share is None:
        return _("%(name)s for %(cost)s, %(left)s left") % facts
    return _("%(name)s for %(cost)s, paid by %(payers)s voters with %(share)s at most each") % facts
