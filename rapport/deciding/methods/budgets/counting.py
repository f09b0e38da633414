"""The rules as a library may choose them, and the count by a rule."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np

from .election import Election, Floats
from .equal_shares import Utility, equal_shares, first_in_order
from .outcome import Kind, Outcome, Step

Completion = Literal["none", "votes", "add1", "add1u"]

_UNIT_FROM = 10  # an endowment under ten units is raised by hundredths of a unit


@dataclass(frozen=True)
class Greedy:
    """The projects with the most votes first, as long as they fit.

    `too_dear` says what happens at one that does not fit: "skip" goes on to the next, "stop" ends the count.
    A project with a score under `threshold` is never elected.
    """

    too_dear: Literal["skip", "stop"] = "skip"
    threshold: Fraction = Fraction(0)


@dataclass(frozen=True)
class EqualShares:
    """The Method of Equal Shares and how money that is left over is used.

    `completion`: "none"; "votes" buys greedily by votes with what is left; "add1" raises everybody's endowment by one
    unit (or `increment`), from the budget's equal part rounded down, until the next raise would overspend; "add1u"
    does that and then buys by votes. `until` "exhaustive" stops add1 as soon as nothing more fits the budget.
    `compare` takes the greedy outcome instead where more voters get more from it (the comparison step of Wieliczka).
    """

    utility: Utility = "cost"
    completion: Completion = "add1u"
    increment: Fraction | None = None
    until: Literal["overspent", "exhaustive"] = "overspent"
    compare: bool = False


Rule = Greedy | EqualShares


def count(election: Election, rule: Rule) -> Outcome:
    """Count the election by the rule. Raises ValueError where there is no ballot."""
    if not election.voters:
        raise ValueError("there are no ballots")
    if isinstance(rule, Greedy):
        return _greedy(election, rule)
    outcome = _equal_shares(election, rule)
    if rule.compare:
        greedy = _greedy(election, Greedy())
        if preferring(election, greedy, outcome) > preferring(election, outcome, greedy):
            return replace(greedy, note="greedy")
    return outcome


def preferring(election: Election, one: Outcome, other: Outcome) -> int:
    """How many voters get more from one outcome than from the other: the cost of what they supported, times points."""
    worth = got(election, one) - got(election, other)
    return int(election.weights[worth > 0].sum())


def got(election: Election, outcome: Outcome) -> Floats:
    """What each distinct ballot got: the cost of the winners that it supports, times the points."""
    worth = np.zeros(len(election.ballots))
    for at in outcome.winners:
        support = election.supports[at]
        worth[support.ballots] += election.costs[at] * support.points
    return worth


def _greedy(election: Election, rule: Greedy) -> Outcome:
    bought = _bought(election, range(len(election.projects)), election.budget, "elected", rule)
    return _with(election, Outcome((), (), Fraction(0)), bought)


def _bought(election: Election, open_to: Sequence[int], left: Fraction, kind: Kind, rule: Greedy) -> list[Step]:
    """Buy by votes, in the published order; what does not fit is passed over or ends it."""
    waiting = [at for at in open_to if election.supports[at].count and election.supports[at].score >= rule.threshold]
    steps: list[Step] = []
    for at in sorted(waiting, key=election.order_in_a_tie):
        cost, score = election.projects[at].cost, election.supports[at].score
        tied = [other for other in waiting if other != at and election.supports[other].score == score]
        because = first_in_order(election, [at, *tied])[1] if tied else ""
        fits = cost <= left
        left -= cost if fits else 0
        steps.append(Step(at, kind if fits else "passed over", left, tied_with=tuple(tied), because=because))
        if not fits and rule.too_dear == "stop":
            break
    return steps


def _with(election: Election, outcome: Outcome, steps: list[Step]) -> Outcome:
    """The outcome and what was bought beyond it."""
    winners = (*outcome.winners, *(step.project for step in steps if step.kind != "passed over"))
    cost = sum((election.projects[at].cost for at in winners), Fraction(0))
    return replace(outcome, winners=winners, steps=(*outcome.steps, *steps), cost=cost)


def _equal_shares(election: Election, rule: EqualShares) -> Outcome:
    share = election.budget / len(election.voters)
    outcome = _add1(election, rule, share) if rule.completion.startswith("add1") else None
    outcome = outcome or equal_shares(election, share, rule.utility)
    if rule.completion in {"votes", "add1u"}:
        rest = [at for at in range(len(election.projects)) if at not in set(outcome.winners)]
        return _with(election, outcome, _bought(election, rest, election.budget - outcome.cost, "filled", Greedy()))
    return outcome


def _add1(election: Election, rule: EqualShares, share: Fraction) -> Outcome:
    """The outcome before the one that would overspend."""
    unit = rule.increment or Fraction(1 if share >= _UNIT_FROM else Fraction(1, 100))
    endowment = share // unit * unit
    supported = sum(1 for support in election.supports if support.count)
    kept, tried = equal_shares(election, endowment, rule.utility), 1
    while len(kept.winners) < supported and not (rule.until == "exhaustive" and _is_exhaustive(election, kept)):
        endowment += unit
        raised = equal_shares(election, endowment, rule.utility)
        tried += 1
        if raised.cost > election.budget:
            break
        kept = raised
    return replace(kept, tried=tried)


def _is_exhaustive(election: Election, outcome: Outcome) -> bool:
    left, won = election.budget - outcome.cost, set(outcome.winners)
    return all(project.cost > left for at, project in enumerate(election.projects) if at not in won)
