"""All that can be told of a count, as plain values that can be kept: nobody counts again to read it."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .comparing import beside
from .counting import EqualShares, Greedy, Rule, count
from .election import Election
from .explaining import what_would_have_won, why
from .outcome import Outcome, plain_number

_WORTH_SEARCHING = 1_000_000  # counts tried, times ballots, times projects: beyond it only the nearest are searched

Facts = dict[str, Any]


def told(election: Election, rule: Rule) -> Facts:
    """The outcome with its steps, why each project won or did not, and the two rules side by side."""
    outcome = count(election, rule)
    both = _both(election, rule, outcome)
    nearest = _nearest(election, outcome)
    return {
        **outcome.as_json(election),
        "rule": "greedy" if isinstance(rule, Greedy) else "equalshares",
        "completion": "" if isinstance(rule, Greedy) else rule.completion,
        "voters": len(election.voters),
        "blank": sum(not election.ballots[at] for at in election.ballot_of.tolist()),
        "left_of_budget": plain_number(election.budget - outcome.cost),
        "projects": {
            project.id: _project(election, rule, outcome, project.id, searched=project.id in nearest)
            for project in election.projects
        },
        "rates": _rates(election, outcome),
        "beside": [one.as_json() for one in beside(election, both)],
        "winners_by": {name: [election.projects[at].id for at in one.winners] for name, one in both.items()},
    }


def _both(election: Election, rule: Rule, outcome: Outcome) -> dict[str, Outcome]:
    if isinstance(rule, Greedy):
        return {"greedy": outcome, "equalshares": count(election, EqualShares())}
    return {"greedy": count(election, Greedy()), "equalshares": outcome}


def _nearest(election: Election, outcome: Outcome) -> set[str]:
    """The losers for which it is searched what would have won: all of them, or those that lacked least."""
    won = {election.projects[at].id for at in outcome.winners}
    most = max(1, _WORTH_SEARCHING // (outcome.tried * max(1, len(election.ballots))))
    lost = [name for name in election.position if name not in won]

    def lacked(name: str) -> float:
        missing = why(election, outcome, name).missing
        return float("inf") if missing is None else missing

    return set(sorted(lost, key=lacked)[:most])


def _project(election: Election, rule: Rule, outcome: Outcome, project: str, *, searched: bool) -> Facts:
    reasons = why(election, outcome, project)
    support = election.supports[election.position[project]]
    facts: Facts = {
        "name": election.projects[election.position[project]].name,
        "score": plain_number(support.score),
        **{
            name: plain_number(value) if isinstance(value, Fraction) else value for name, value in vars(reasons).items()
        },
    }
    if not reasons.won and searched:
        would = what_would_have_won(election, rule, outcome, project)
        facts["would"] = {"cost": None if would.cost is None else plain_number(would.cost), "votes": would.votes}
    return facts


def _rates(election: Election, outcome: Outcome) -> dict[str, float]:
    """For each project bought by shares: what whoever could pay their full part paid for each point given."""
    bought = zip(outcome.winners, outcome.payments, strict=False)
    return {
        election.projects[at].id: float((paid / election.supports[at].points).max()) for at, paid in bought if len(paid)
    }


def paid_by(
    facts: Mapping[str, Any], points: Mapping[str, float]
) -> tuple[list[tuple[str, float | None]], float | None]:
    """What a ballot like this one paid for, from what was kept of the count: (project, amount) of each that won, and
    what is left. None where nobody had a share of their own."""
    share = facts.get("endowment")
    left = None if share is None else float(share)
    paid: list[tuple[str, float | None]] = []
    for project in facts["winners"]:
        if not points.get(project):
            continue
        rate = facts["rates"].get(project)
        amount = None if rate is None or left is None else min(left, rate * points[project])
        if amount is not None and left is not None:
            left -= amount
        paid.append((project, amount))
    return paid, left


def ranked_points(order: Sequence[str]) -> dict[str, int]:
    """Borda: the first of n gets n points, the last one."""
    return {project: len(order) - place for place, project in enumerate(order)}


def close_ones(facts: Mapping[str, Any]) -> list[str]:
    """Projects that lost by very little: one voter of fifty, and never fewer than two, would have been enough."""
    few = max(2, facts["voters"] // 50)
    return [name for name, one in facts["projects"].items() if 0 < ((one.get("would") or {}).get("votes") or 0) <= few]


def ties(facts: Mapping[str, Any]) -> Iterable[Facts]:
    """The steps at which the published order had to decide."""
    return [step for step in facts["steps"] if step.get("because")]
