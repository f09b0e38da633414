"""What a count answers: who won, in which order, and every step that led there."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from .election import Election, Floats

Kind = Literal["elected", "filled", "passed over"]
Because = Literal["", "votes", "cost", "lot"]


@dataclass(frozen=True)
class Step:
    """One project looked at: `share` is the most that anybody paid for it, `payers` how many paid."""

    project: int
    kind: Kind
    left: Fraction | float  # money left after it: of all voters together, or of the budget
    share: float | None = None
    payers: int | None = None
    tied_with: tuple[int, ...] = ()
    because: Because = ""  # what decided the tie


@dataclass(frozen=True)
class Outcome:
    """`winners` are positions of projects in the order of their election.

    By Equal Shares, `payments` has for each project elected what one voter of each supporting ballot paid, in the
    order of `supports`; `left` is what a voter of each distinct ballot has kept; `endowment` is what each was given.
    """

    winners: tuple[int, ...]
    steps: tuple[Step, ...]
    cost: Fraction
    payments: tuple[Floats, ...] = ()
    left: Floats | None = None
    endowment: Fraction | None = None
    tried: int = 1  # endowments tried
    note: str = ""  # "greedy", where a comparison with the greedy outcome was lost

    def as_json(self, election: Election) -> dict[str, Any]:
        """Plain dicts, lists and numbers."""
        names = [project.id for project in election.projects]
        facts = {
            "winners": [names[at] for at in self.winners],
            "cost": plain_number(self.cost),
            "budget": plain_number(election.budget),
            "steps": [_step(number, step, names, election) for number, step in enumerate(self.steps, 1)],
        }
        if self.endowment is not None:
            facts |= {"endowment": plain_number(self.endowment), "endowments_tried": self.tried}
        return facts | ({"note": self.note} if self.note else {})


def _step(number: int, step: Step, names: list[str], election: Election) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "step": number,
        "project": names[step.project],
        "what": step.kind,
        "cost": plain_number(election.projects[step.project].cost),
        "left": plain_number(step.left),
    }
    if step.share is not None:
        facts |= {"share": round(step.share, 6), "payers": step.payers}
    if step.because:
        facts |= {"tied_with": [names[at] for at in step.tied_with], "because": step.because}
    return facts


def plain_number(money: Fraction | float) -> int | float:
    return int(money) if money == int(money) else round(float(money), 6)
