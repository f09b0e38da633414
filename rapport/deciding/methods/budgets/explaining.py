"""Why this project, why not mine, what my vote paid for, and what would have changed it: facts for sentences."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .counting import Rule, count
from .election import Election, Ints
from .outcome import Outcome

_CLOSE_ENOUGH = 100  # the cost at which it would have won is found to a hundredth of its cost


@dataclass(frozen=True)
class Why:
    """A project and the money behind it. For those that won by Equal Shares: what it cost its supporters.

    For those that did not: `behind` is what its supporters had left in the end, `missing` what lacked, and
    `more_voters` how many of those who had most left would have had to support it too, had all else stayed the same
    (None: all would not do, or the count was greedy, where `missing` is what the budget lacked at its turn).
    """

    project: str
    won: bool
    supporters: int
    cost: Fraction
    place: int | None = None  # in the order of election
    most_paid: float | None = None
    payers: int | None = None
    behind: float | None = None
    missing: float | None = None
    more_voters: int | None = None


@dataclass(frozen=True)
class Paid:
    """What became of one voter's ballot. `paid` is None for each project where nobody had an own share."""

    won: tuple[tuple[str, float | None], ...]  # projects they supported, and what they paid for each
    lost: tuple[str, ...]
    endowment: float | None
    left: float | None


@dataclass(frozen=True)
class WouldHaveWon:
    """What would have been enough, each found by counting again; None where nothing of the kind would have been."""

    cost: Fraction | None
    votes: int | None  # so many more voters, those who had most left over


def why(election: Election, outcome: Outcome, project: str) -> Why:
    """Why this project won, or why it did not. Raises KeyError for an unknown project."""
    at = election.position[project]
    support, cost = election.supports[at], election.projects[at].cost
    if at in outcome.winners:
        step = next(step for step in outcome.steps if step.project == at and step.kind != "passed over")
        place = outcome.winners.index(at) + 1
        return Why(project, True, support.count, cost, place, step.share, step.payers)
    if outcome.left is None:
        turns = [float(step.left) for step in outcome.steps if step.project == at]
        return Why(project, False, support.count, cost, missing=float(cost) - turns[0] if turns else None)
    behind = float(outcome.left[support.ballots] @ support.voters)
    missing = float(cost) - behind
    others = np.sort(outcome.left[election.ballot_of[_others(election, at)]])[::-1]
    enough = np.flatnonzero(np.cumsum(others) >= missing)
    more = int(enough[0]) + 1 if len(enough) else None
    return Why(project, False, support.count, cost, behind=behind, missing=missing, more_voters=more)


def _others(election: Election, project: int) -> Ints:
    """The voters who do not support it."""
    supports = np.zeros(len(election.ballots), dtype=np.bool_)
    supports[election.supports[project].ballots] = True
    return np.flatnonzero(~supports[election.ballot_of])


def what_my_vote_paid(election: Election, outcome: Outcome, voter: str) -> Paid:
    """What the ballot of this voter paid for. Raises ValueError for an unknown voter."""
    ballot = int(election.ballot_of[election.voters.index(voter)])
    mine = {at for at, _points in election.ballots[ballot]}
    paid = dict(zip(outcome.winners, outcome.payments, strict=False))
    won = []
    for at in outcome.winners:
        if at in mine:
            here = election.supports[at].ballots == ballot
            amount = float(paid[at][here][0]) if at in paid else None
            won.append((election.projects[at].id, amount))
    lost = tuple(election.projects[at].id for at in sorted(mine - set(outcome.winners)))
    left = None if outcome.left is None else float(outcome.left[ballot])
    return Paid(tuple(won), lost, None if outcome.endowment is None else float(outcome.endowment), left)


def what_would_have_won(election: Election, rule: Rule, outcome: Outcome, project: str) -> WouldHaveWon:
    """The highest cost, and the fewest further votes, with which this project would have won; by counting again.

    Raises ValueError where it did win. A count is not always monotone: what is answered was counted, but a figure in
    between may do as well.
    """
    at = election.position[project]
    if at in outcome.winners:
        raise ValueError("it has won")
    return WouldHaveWon(_cheaper(election, rule, at), _more_votes(election, rule, outcome, at))


def _cheaper(election: Election, rule: Rule, at: int) -> Fraction | None:
    cost = election.projects[at].cost

    def wins(parts: int) -> bool:
        return at in count(election.with_cost(at, cost * (_CLOSE_ENOUGH - parts) / _CLOSE_ENOUGH), rule).winners

    parts = _first(wins, _CLOSE_ENOUGH - 1)
    return None if parts is None else cost * (_CLOSE_ENOUGH - parts) / _CLOSE_ENOUGH


def _more_votes(election: Election, rule: Rule, outcome: Outcome, at: int) -> int | None:
    others = _others(election, at)
    kept = outcome.left if outcome.left is not None else np.zeros(len(election.ballots))
    others = others[np.argsort(-kept[election.ballot_of[others]], kind="stable")]

    def wins(more: int) -> bool:
        return at in count(election.with_support(at, others[:more].tolist()), rule).winners

    return _first(wins, len(others))


def _first(holds: Callable[[int], bool], most: int) -> int | None:
    """The smallest number up to `most` for which it holds, if it holds from there on; by doubling, then by halving."""
    low, high = 0, 1
    while high < most and not holds(high):
        low, high = high, high * 2
    high = min(high, most)
    if most < 1 or not holds(high):
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high
