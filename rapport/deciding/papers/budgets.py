"""A budget: choose projects, hand out points, put them in an order, or fill a bag until the money is spent."""

import io
import re
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rapport.deciding.methods.budgets import (
    Completion,
    Election,
    EqualShares,
    Greedy,
    Project,
    Rule,
    count,
    draw_lots,
    ranked_points,
    told,
)
from rapport.deciding.methods.pabulib_files import write_budget

from .marks import ApprovalForm, ApprovalPaper, PointsForm, PointsPaper
from .paper import BallotForm, BallotPaper, Marks, Outcome, Row, Said
from .ranks import RankForm, RankPaper
from .rules import FixedRules
from .telling import Told

if TYPE_CHECKING:
    from rapport.deciding.models import Option, Poll

TEN = 10
_VOTE_TYPES = {"approval": "approval", "knapsack": "approval", "points": "cumulative", "ranking": "ordinal"}


def money(amount: Decimal | Fraction | float | None) -> str:
    """As people write it here; cents only where there are any."""
    value = Decimal(str(float(amount or 0))).quantize(Decimal("0.01"))
    return number_format(value, 0 if value == int(value) else 2, use_l10n=True, force_grouping=True)


class _Chosen:
    """What the voter has chosen so far: for the line "you have 1,240 left", written by the server."""

    poll: "Poll"
    options: "Sequence[Option]"
    chosen: list[str]

    @property
    def spent(self) -> Decimal:
        return sum((one.cost or Decimal(0) for one in self.options if str(one.pk) in self.chosen), Decimal(0))

    @property
    def left(self) -> Decimal:
        return (self.poll.budget or Decimal(0)) - self.spent

    @property
    def too_much(self) -> Decimal:
        return max(Decimal(0), -self.left)


class BudgetChoiceForm(_Chosen, ApprovalForm):
    """Boxes to tick; as a knapsack no more than the money buys. What was ticked stays ticked, whatever is wrong."""

    @property
    def chosen(self) -> list[str]:  # type: ignore[override]  # what the boxes hold, asked anew each time
        return [str(one) for one in self["for"].value() or []]

    def clean_for(self) -> list[str]:
        chosen = super().clean_for()
        if self.is_paper:
            return chosen
        if self.poll.budget_ballot == "knapsack" and self.too_much:
            words = _(
                "This comes to %(spent)s, and there is %(budget)s: %(more)s too much. "
                "Take something out; all the rest stays."
            )
            facts = {"spent": money(self.spent), "budget": money(self.poll.budget), "more": money(self.too_much)}
            raise forms.ValidationError(words % facts)
        if chosen and len(chosen) < self.poll.least:
            words = ngettext("Choose at least %(n)s project.", "Choose at least %(n)s projects.", self.poll.least)
            raise forms.ValidationError(words % {"n": self.poll.least})
        return chosen


class BudgetPointsForm(PointsForm):
    @property
    def highest(self) -> int:
        return self.poll.most or TEN

    @property
    def given(self) -> int:
        values = [self.said(f"points_{one.pk}") for one in self.options]
        return sum(int(value) for value in values if value.isdecimal() and len(value) < 6)

    @property
    def points_left(self) -> int:
        return self.highest - self.given

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        given = sum(points or 0 for points in said.values() if isinstance(points, int))
        if given > self.highest:
            words = _("You gave %(n)s points, and there are %(most)s. Take some back; all the rest stays.")
            raise forms.ValidationError(words % {"n": given, "most": self.highest})
        return said

    def marks(self) -> dict[str, Any]:
        points = {key: n for key, n in super().marks().get("points", {}).items() if n}
        return {"points": points} if points else {}


class BudgetRankForm(RankForm):
    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        placed = [place for place in said.values() if place]
        if self.poll.most and len(placed) > self.poll.most:
            words = _("You placed %(n)s projects, and %(most)s can be placed. Take some out.")
            raise forms.ValidationError(words % {"n": len(placed), "most": self.poll.most})
        return said


_FORMS: dict[str, type[BallotForm]] = {
    "approval": BudgetChoiceForm,
    "knapsack": BudgetChoiceForm,
    "points": BudgetPointsForm,
    "ranking": BudgetRankForm,
}
_ASKED: dict[str, BallotPaper] = {
    "approval": ApprovalPaper("approval", "approval"),
    "knapsack": ApprovalPaper("approval", "approval"),
    "points": PointsPaper("dots", "dots"),
    "ranking": RankPaper("stv", "stv"),
}


class BudgetPaper(BallotPaper):
    template: ClassVar[str] = "deciding/papers/budget.html"
    printed: ClassVar[str] = "deciding/papers/printed/budget.html"
    results: ClassVar[str] = "deciding/papers/budget_results.html"

    def form(
        self,
        poll: "Poll",
        options: "Sequence[Option]",
        data: Any = None,
        *,
        marks: Marks | None = None,
        is_paper: bool = False,
    ) -> BallotForm:
        asked = _FORMS[poll.budget_ballot]
        initial = self._asked(poll.budget_ballot).initial(marks) if marks else None
        return asked(data, poll=poll, options=options, initial=initial, is_paper=is_paper)

    @staticmethod
    def _asked(ballot: str) -> BallotPaper:
        return _ASKED[ballot]

    def how_to(self, poll: "Poll") -> str:
        facts = {"budget": money(poll.budget), "n": poll.most or TEN}
        match poll.budget_ballot:
            case "knapsack":
                return _("There is %(budget)s. Choose what you would buy with it, until it is spent.") % facts
            case "points":
                return _("You have %(n)s points. Give them to the projects that you like, many or few to each.") % facts
            case "ranking":
                return _("Give the place 1 to the project that you like most, then 2, then 3. You need not place all.")
        if poll.most:
            words = ngettext("Choose one project.", "Choose the projects that you like, at most %(n)s.", poll.most)
            return words % facts
        return _("Choose every project that you like, one or many.")

    def in_words(self, poll: "Poll", options: "Sequence[Option]", marks: Marks) -> list[Said]:
        lines = self._asked(poll.budget_ballot).in_words(poll, options, marks)
        if not lines or poll.budget_ballot not in {"approval", "knapsack"}:
            return self._points_in_words(options, marks) if marks.get("points") else lines
        chosen = [one for one in options if str(one.pk) in marks.get("for", [])]
        spent = sum((one.cost or Decimal(0) for one in chosen), Decimal(0))
        lines = [Said(str(one), money(one.cost)) for one in chosen]
        together = _("%(spent)s of %(budget)s") % {"spent": money(spent), "budget": money(poll.budget)}
        return [*lines, Said(_("All together"), together)] if poll.budget_ballot == "knapsack" else lines

    def _points_in_words(self, options: "Sequence[Option]", marks: Marks) -> list[Said]:
        given = [(one, marks["points"].get(str(one.pk))) for one in options]
        return [Said(str(one), ngettext("%(n)s point", "%(n)s points", n) % {"n": n}) for one, n in given if n]

    def lacking(self, poll: "Poll", options: "Sequence[Option]") -> list[str]:
        words = super().lacking(poll, options)
        if any(not one.cost for one in options):
            words.append(_("Every project needs its cost."))
        if poll.budget and any((one.cost or 0) > poll.budget for one in options):
            words.append(
                _("A project costs more than there is. Nobody could buy it: make it smaller, or leave it out.")
            )
        return words

    def counted(self, rules: FixedRules, ballots: Sequence[Marks]) -> Outcome:
        election = election_of(rules, ballots)
        if not election.voters:
            return {"winners": [], "ballots": 0, "why_nothing": "nobody voted", "steps": [], "cost": 0}
        facts = told(election, rule_of(rules))
        quorum = rules.beforehand.quorum
        if quorum and len(ballots) < quorum:
            return {**facts, "winners": [], "ballots": len(ballots), "why_nothing": "quorum"}
        return {**facts, "ballots": len(ballots), "why_nothing": "" if facts["winners"] else "nothing bought"}

    def result(self, poll: "Poll", options: "Sequence[Option]", outcome: Outcome) -> dict[str, Any]:
        from rapport.deciding.budget_results import result_of  # it reads rows, and rows know papers

        return {"budget": result_of(poll, options, outcome)}

    def headline(self, options: "Sequence[Option]", outcome: Outcome) -> str:
        if outcome["why_nothing"] == "quorum":
            return _("Nothing was decided: too few people voted.")
        if not outcome["winners"]:
            return _("Nothing is bought.")
        n, spent = len(outcome["winners"]), money(outcome["cost"])
        words = ngettext("%(n)s project is bought, for %(spent)s", "%(n)s projects are bought, for %(spent)s", n)
        return words % {"n": n, "spent": spent}

    def log(self, options: "Sequence[Option]", outcome: Outcome) -> list[Told]:
        from rapport.deciding.budget_results import log_of

        return log_of(options, outcome)

    def header(self, rules: FixedRules) -> list[str]:
        return self._asked(_ballot(rules)).header(rules)

    def line(self, rules: FixedRules, marks: Marks) -> list[str]:
        return self._asked(_ballot(rules)).line(rules, marks)

    def files(self, rules: FixedRules, ballots: Sequence[Marks], title: str) -> dict[str, str]:
        """Voters are numbered anew here: a number says nothing about who voted, or when."""
        election, rule, pb = election_of(rules, ballots), rule_of(rules), io.StringIO()
        meta = {
            "description": re.sub(r"\s+", " ", title),
            "instance": re.sub(r"\s+", " ", title),
            "vote_type": _VOTE_TYPES[_ballot(rules)],
            "rule": rule_name(rule),
            "seed": str(rules.said["seed"]),
        }
        outcome = count(election, rule) if election.voters else None
        write_budget(pb, election, meta, outcome, with_points=_ballot(rules) == "points")
        return {**super().files(rules, ballots, title), "pb": pb.getvalue()}


def _ballot(rules: FixedRules) -> str:
    return str(rules.said["budget_ballot"])


def rule_of(rules: FixedRules) -> Rule:
    if rules.said["budget_rule"] == "greedy":
        return Greedy()
    completion: Completion = rules.said["completion"]
    return EqualShares(completion=completion)


def rule_name(rule: Rule) -> str:
    """As files of Pabulib call it."""
    if isinstance(rule, Greedy):
        return "greedy"
    return "equalshares" if rule.completion == "none" else f"equalshares/{rule.completion}"


def election_of(rules: FixedRules, ballots: Sequence[Marks]) -> Election:
    """The election that the rules and ballots make: projects by the key of their option, voters by a number.

    They stand in the order of what they say: so nothing depends on the order in which ballots lie in the urn.
    """
    projects = [Project(one.id, Fraction(one.cost or 0), one.name) for one in rules.options]
    points = sorted((points_of(marks) for marks in ballots), key=lambda one: sorted(one.items()))
    votes = {str(number): one for number, one in enumerate(points, 1)}
    return draw_lots(Election.of(Fraction(rules.budget or 0), projects, votes), str(rules.said["seed"]))


def points_of(marks: Marks) -> dict[str, int]:
    """What a ballot gives each project, whichever way it was asked."""
    if "order" in marks:
        return ranked_points([key for level in marks["order"] for key in level])
    return dict(marks.get("points") or dict.fromkeys(marks.get("for", []), 1))


__all__ = ["BudgetPaper", "Row", "election_of", "money", "points_of", "rule_name", "rule_of"]
