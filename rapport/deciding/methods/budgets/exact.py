"""The books of a count by Equal Shares in exact fractions, opened only where floats cannot decide."""

from fractions import Fraction
from typing import Literal

from .election import Election


class Books:
    """Who has how much, exactly. Purchases are noted at once and worked out only when somebody asks."""

    def __init__(self, election: Election, endowment: Fraction, utility: Literal["cost", "cardinality"]) -> None:
        self._election, self._utility = election, utility
        self._endowment = endowment
        self._money: dict[int, Fraction] = {}  # by ballot, once it differs from the endowment
        self._noted: list[int] = []
        self._done = 0

    def note(self, project: int) -> None:
        self._noted.append(project)

    def can_pay(self, project: int) -> bool:
        """Whether the supporters have the cost together."""
        self._catch_up()
        support = self._election.supports[project]
        pairs = zip(support.ballots.tolist(), support.voters.tolist(), strict=True)
        together = sum((self._of(ballot) * int(voters) for ballot, voters in pairs), Fraction(0))
        return together >= self._election.projects[project].cost

    def rate(self, project: int, is_equal: bool) -> Fraction:
        """What a unit of worth costs. `is_equal`: it is known that everybody can pay their equal part."""
        cost = self._election.projects[project].cost
        if not cost:
            return Fraction(0)
        if is_equal:
            return cost / (self._election.supports[project].score * self._unit(project))
        self._catch_up()
        return self._rate(project)

    def _unit(self, project: int) -> Fraction:
        return self._election.projects[project].cost if self._utility == "cost" else Fraction(1)

    def _of(self, ballot: int) -> Fraction:
        return self._money.get(ballot, self._endowment)

    def _supporters(self, project: int) -> list[tuple[Fraction, int, Fraction, int]]:
        """Money, ballot, worth and voters of each supporting ballot, those who can pay least for its worth first."""
        support, unit = self._election.supports[project], self._unit(project)
        points = self._points[project]
        rows = [
            (self._of(ballot), ballot, points[ballot] * unit, int(voters))
            for ballot, voters in zip(support.ballots.tolist(), support.voters.tolist(), strict=True)
        ]
        return sorted(rows, key=lambda row: row[0] / row[2])

    @property
    def _points(self) -> list[dict[int, Fraction]]:
        return self._election.exact_points

    def _rate(self, project: int) -> Fraction:
        rows = self._supporters(project)
        owed, worth = self._election.projects[project].cost, sum((row[2] * row[3] for row in rows), Fraction(0))
        for money, _ballot, one, voters in rows:
            if money * worth >= owed * one:
                break
            owed -= money * voters
            worth -= one * voters
        else:
            money, _ballot, one, _voters = rows[-1]
            return money / one
        return owed / worth

    def _catch_up(self) -> None:
        while self._done < len(self._noted):
            project = self._noted[self._done]
            self._done += 1
            if not self._election.projects[project].cost:
                continue
            rate = self._rate(project)
            for money, ballot, worth, _voters in self._supporters(project):
                self._money[ballot] = money - min(money, rate * worth)
