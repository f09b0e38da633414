"""The projects, the money and the ballots. Voters with one and the same ballot are kept together, as their number."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..lots import lots

Ints = NDArray[np.intp]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Project:
    id: str
    cost: Fraction
    name: str = ""


@dataclass(frozen=True)
class Support:
    """Who supports one project: `ballots` (positions of distinct ballots), the voters of each, and the points."""

    ballots: Ints
    voters: Floats
    points: Floats
    score: Fraction  # all points together, exact
    count: int  # voters


@dataclass(frozen=True, eq=False)
class Election:
    """`ballots` are distinct: positions of projects with their points; `ballot_of` says which one each voter cast."""

    budget: Fraction
    projects: tuple[Project, ...]
    ballots: tuple[tuple[tuple[int, Fraction], ...], ...]
    ballot_of: Ints
    voters: tuple[str, ...]
    lots: tuple[int, ...] = field(default=())  # the place of each project when a lot must decide; empty: as listed

    @classmethod
    def of(
        cls, budget: Fraction | int, projects: Sequence[Project], votes: Mapping[str, Mapping[str, Fraction | int]]
    ) -> "Election":
        """`votes` gives for each voter the points by project id: 1 each for approval; 0 or less is no support.

        Raises ValueError for a negative cost or budget, a project that stands twice, or a vote for one that is unknown.
        """
        position = {project.id: at for at, project in enumerate(projects)}
        if len(position) < len(projects):
            raise ValueError("a project stands twice in the list")
        if budget < 0 or any(project.cost < 0 for project in projects):
            raise ValueError("money is not negative")
        known: dict[tuple[tuple[int, Fraction], ...], int] = {}
        ballot_of = [known.setdefault(_ballot(points, position), len(known)) for points in votes.values()]
        return cls(Fraction(budget), tuple(projects), tuple(known), np.array(ballot_of, dtype=np.intp), tuple(votes))

    @cached_property
    def weights(self) -> Floats:
        """How many voters cast each distinct ballot."""
        return np.bincount(self.ballot_of, minlength=len(self.ballots)).astype(np.float64)

    @cached_property
    def costs(self) -> Floats:
        return np.array([float(project.cost) for project in self.projects])

    @cached_property
    def exact_points(self) -> list[dict[int, Fraction]]:
        """For each project the points by ballot."""
        found: list[dict[int, Fraction]] = [{} for _ in self.projects]
        for at, ballot in enumerate(self.ballots):
            for project, points in ballot:
                found[project][at] = points
        return found

    @cached_property
    def supports(self) -> tuple[Support, ...]:
        """Who supports each project."""
        return tuple(self._support(points) for points in self.exact_points)

    @cached_property
    def position(self) -> dict[str, int]:
        return {project.id: at for at, project in enumerate(self.projects)}

    def order_in_a_tie(self, project: int) -> tuple[Fraction, Fraction, int]:
        """The published order, smallest first: more votes (points), then cheaper, then the lot."""
        lot = self.lots[project] if self.lots else project
        return -self.supports[project].score, self.projects[project].cost, lot

    def with_cost(self, project: int, cost: Fraction) -> "Election":
        """The same election, had this project cost something else."""
        projects = list(self.projects)
        projects[project] = replace(projects[project], cost=cost)
        return replace(self, projects=tuple(projects))

    def with_support(self, project: int, voters: Iterable[int]) -> "Election":
        """The same election, had these voters supported this project too, with the most points that it was given."""
        best = max((points for ballot in self.ballots for at, points in ballot if at == project), default=Fraction(1))
        known = {ballot: at for at, ballot in enumerate(self.ballots)}
        ballot_of = self.ballot_of.copy()
        for voter in voters:
            ballot = tuple(sorted({**dict(self.ballots[ballot_of[voter]]), project: best}.items()))
            ballot_of[voter] = known.setdefault(ballot, len(known))
        return replace(self, ballots=tuple(known), ballot_of=ballot_of)

    def _support(self, found: dict[int, Fraction]) -> Support:
        ballots = np.array(list(found), dtype=np.intp)
        voters = self.weights[ballots]
        score = sum((points * int(n) for points, n in zip(found.values(), voters, strict=True)), Fraction(0))
        points = np.array([float(points) for points in found.values()])
        return Support(ballots, voters, points, score, int(voters.sum()))


def draw_lots(election: Election, seed: str) -> Election:
    """Draw the order for ties from a seed that can be published (see lots.py)."""
    place = lots(election.position, seed)
    return replace(election, lots=tuple(place[project.id] for project in election.projects))


def _ballot(points: Mapping[str, Fraction | int], position: Mapping[str, int]) -> tuple[tuple[int, Fraction], ...]:
    if unknown := [name for name in points if name not in position]:
        raise ValueError(f"there is no project “{unknown[0]}”")
    return tuple(sorted((position[name], Fraction(given)) for name, given in points.items() if given > 0))
