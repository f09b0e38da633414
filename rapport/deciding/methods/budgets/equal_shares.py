"""The Method of Equal Shares: everybody gets the same share of the budget, and projects are bought by their supporters.

Of the projects that their supporters can still pay for, the one is bought next that costs each of them least for what
it is worth to them. Whoever cannot pay their equal part pays what they have, the others pay the rest.

What a project costs its supporters never falls, so an older figure is a lower bound and most need not be counted again.
Money is counted in 64-bit floats; wherever two figures lie within 1e-11 of each other, exact fractions decide.
"""

import heapq
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import numpy as np

from .election import Election, Floats, Ints
from .exact import Books
from .outcome import Because, Outcome, Step

Utility = Literal["cost", "cardinality"]

NEAR = 1e-11


_SETTLED = 1e-13
_ROUNDS = 100


@dataclass(frozen=True)
class _Offer:
    """A project as its supporters see it, for one kind of utility."""

    cost: float
    ballots: Ints
    voters: Floats
    worth: Floats  # of the project, to one voter of each ballot
    worth_of_all: Floats  # to all voters of each ballot
    least: float  # the rate if everybody can pay their equal part


@dataclass(frozen=True)
class _Price:
    """What one unit of worth costs (`rate`), what each pays then, and whether all can pay their equal part."""

    rate: float
    paid: Floats
    is_equal: bool


def equal_shares(election: Election, endowment: Fraction, utility: Utility) -> Outcome:
    """One count, with the same endowment for every voter and no completion.

    The worth of a project to a voter is its cost for everybody who approves it (`utility` "cost": money is worth money)
    or 1 ("cardinality"), times the points where points were given.
    """
    return _Count(election, endowment, utility).run()


class _Count:
    def __init__(self, election: Election, endowment: Fraction, utility: Utility) -> None:
        self.election, self.endowment = election, endowment
        self.offers = _offers(election, utility)
        self.money = np.full(len(election.ballots), float(endowment))
        self.books = Books(election, endowment, utility)
        self.steps: list[Step] = []
        self.payments: list[Floats] = []
        self.left = endowment * len(election.voters)

    def run(self) -> Outcome:
        waiting = [(offer.least, at) for at, offer in enumerate(self.offers) if len(offer.ballots)]
        heapq.heapify(waiting)
        while tied := self._cheapest(waiting):
            chosen, because = self._decided(tied)
            for at, price in tied.items():
                if at != chosen:
                    heapq.heappush(waiting, (price.rate, at))
            self._buy(chosen, tied[chosen], because, tuple(at for at in tied if at != chosen) if because else ())
        winners = tuple(step.project for step in self.steps)
        cost = sum((self.election.projects[at].cost for at in winners), Fraction(0))
        return Outcome(winners, tuple(self.steps), cost, tuple(self.payments), self.money, endowment=self.endowment)

    def _cheapest(self, waiting: list[tuple[float, int]]) -> dict[int, _Price]:
        """Those within a hair of the lowest rate. What cannot be paid any more is dropped: money only gets less."""
        found: dict[int, _Price] = {}
        best = np.inf
        while waiting and waiting[0][0] <= best * (1 + NEAR):
            bound, at = heapq.heappop(waiting)
            if (price := self._price(at, bound)) is not None:
                found[at] = price
                best = min(best, price.rate)
        tied = {at: price for at, price in found.items() if price.rate <= best * (1 + NEAR)}
        for at, price in found.items():
            if at not in tied:
                heapq.heappush(waiting, (price.rate, at))
        return tied

    def _price(self, at: int, bound: float) -> _Price | None:
        """What a unit of worth costs now, at least `bound`; None where the supporters have too little together."""
        offer = self.offers[at]
        money = self.money[offer.ballots]
        together = float(money @ offer.voters)
        if together < offer.cost * (1 - NEAR):
            return None
        if together <= offer.cost * (1 + NEAR) and not self.books.can_pay(at):
            return None
        rate = bound
        for _ in range(_ROUNDS):  # Newton's method from below, on a line with a kink for everyone who runs dry
            due = offer.worth * rate
            paid = np.minimum(money, due)
            missing = offer.cost - float(paid @ offer.voters)
            able = offer.worth_of_all[money > due]
            if missing <= offer.cost * _SETTLED or not len(able):
                break
            rate += missing / float(able.sum())
        is_equal = rate == offer.least and bool((money >= due * (1 + NEAR)).all())
        return _Price(rate, paid, is_equal)

    def _decided(self, tied: dict[int, _Price]) -> tuple[int, Because]:
        if len(tied) == 1:
            return next(iter(tied)), ""
        exact = {at: self.books.rate(at, price.is_equal) for at, price in tied.items()}
        best = min(exact.values())
        return first_in_order(self.election, [at for at, rate in exact.items() if rate == best])

    def _buy(self, at: int, price: _Price, because: Because, tied_with: tuple[int, ...]) -> None:
        offer = self.offers[at]
        self.money[offer.ballots] -= price.paid
        self.books.note(at)
        self.left -= self.election.projects[at].cost
        most, payers = float(price.paid.max()), int(offer.voters[price.paid > 0].sum())
        self.payments.append(price.paid)
        self.steps.append(Step(at, "elected", self.left, most, payers, tied_with, because))


@lru_cache(maxsize=8)
def _offers(election: Election, utility: Utility) -> tuple[_Offer, ...]:
    return tuple(_offer(election, at, utility) for at in range(len(election.projects)))


def _offer(election: Election, at: int, utility: Utility) -> _Offer:
    support, cost = election.supports[at], float(election.projects[at].cost)
    worth = support.points * (cost if utility == "cost" else 1.0)
    unit = election.projects[at].cost if utility == "cost" else Fraction(1)
    whole = support.score * unit
    least = float(election.projects[at].cost / whole) if whole else 0.0
    return _Offer(cost, support.ballots, support.voters, worth, worth * support.voters, least)


def first_in_order(election: Election, tied: list[int]) -> tuple[int, Because]:
    """The first by the published order, and which of its rules it took."""
    keys = sorted((election.order_in_a_tie(at), at) for at in tied)
    if len(keys) == 1:
        return keys[0][1], ""
    (first, chosen), (second, _next) = keys[:2]
    because: Because = "votes" if first[0] != second[0] else "cost" if first[1] != second[1] else "lot"
    return chosen, because
