"""Two or more outcomes side by side, as numbers that say what they mean for voters."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from .counting import got
from .election import Election, Floats
from .outcome import Outcome


@dataclass(frozen=True)
class Beside:
    name: str
    winners: int
    cost: Fraction
    got_nothing: float  # the share of voters of whose projects none was elected
    supported: float  # how many elected projects a voter supports, on average
    worth: float  # what these cost, on average
    only_here: tuple[str, ...]  # elected by no other of the outcomes
    preferred_by: float  # the share of voters who get most from this one and less from every other

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "cost": float(self.cost), "only_here": list(self.only_here)}


def beside(election: Election, outcomes: Mapping[str, Outcome]) -> tuple[Beside, ...]:
    """The outcomes side by side; shares and means are over the voters who supported anything."""
    voters = election.weights * np.array([bool(ballot) for ballot in election.ballots])
    worth = {name: got(election, outcome) for name, outcome in outcomes.items()}
    return tuple(_beside(election, name, outcomes, worth, voters) for name in outcomes)


def _beside(
    election: Election, name: str, outcomes: Mapping[str, Outcome], worth: Mapping[str, Floats], voters: Floats
) -> Beside:
    outcome, mine = outcomes[name], worth[name]
    supported = np.zeros(len(election.ballots))
    for at in outcome.winners:
        supported[election.supports[at].ballots] += 1
    elsewhere = {at for other, each in outcomes.items() if other != name for at in each.winners}
    best = np.all([mine > each for other, each in worth.items() if other != name], axis=0)
    whole = max(1.0, float(voters.sum()))
    return Beside(
        name=name,
        winners=len(outcome.winners),
        cost=outcome.cost,
        got_nothing=float(voters[supported == 0].sum()) / whole,
        supported=float(voters @ supported) / whole,
        worth=float(voters @ mine) / whole,
        only_here=tuple(election.projects[at].id for at in outcome.winners if at not in elsewhere),
        preferred_by=float((voters * best).sum()) / whole,
    )
