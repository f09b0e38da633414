"""The single transferable vote as in Scottish council elections: weighted inclusive Gregory, five decimals, truncated.

Rules: The Scottish Local Government Elections Order 2007 (SSI 2007/42), rules 45 to 52. The quota is that of Droop,
⌊valid / (seats + 1)⌋ + 1. All papers of an elected candidate move on at value × surplus / votes, cut off after the
fifth decimal; one surplus a stage, the largest first. Then the last candidate is excluded. Ties: the latest earlier
stage at which they differed, else the lot. When as many are left as seats, they are elected.

Votes are counted in hundred-thousandths, in whole numbers: nothing is rounded by the machine.
"""

from dataclasses import dataclass, field
from typing import Any

from .ranked import Ranked
from .result import Beforehand, Log, Result, Ties, numbered

UNIT = 100_000


@dataclass
class _Paper:
    order: tuple[int, ...]
    count: int
    value: int = UNIT
    at: int = 0  # which preference it stands at


@dataclass
class _Count:
    ballots: Ranked
    rules: Beforehand
    papers: dict[int, list[_Paper]] = field(default_factory=dict)
    votes: list[int] = field(default_factory=list)
    earlier: list[list[int]] = field(default_factory=list)
    elected: list[int] = field(default_factory=list)
    surpluses: list[int] = field(default_factory=list)  # elected, surplus not yet moved on
    log: Log = field(default_factory=list)
    lost: int = 0  # not transferable, in units

    def run(self) -> Result:
        self.ties = Ties(self.ballots.names, self.rules.seed)
        self.continuing = self.ballots.running()
        self.votes = [0] * len(self.ballots.names)
        papers = [_Paper(order, count) for order, count in self.ballots.strict() if order]
        valid = sum(paper.count for paper in papers)
        self.quota = (valid // (self.rules.seats + 1) + 1) * UNIT
        self.papers = {at: [] for at in self.continuing}
        for paper in papers:
            self._give(paper, paper.order[0])
        self._note("first preferences", {"quota": self.quota // UNIT, "valid": valid})
        while valid and len(self.elected) < self.rules.seats and self.continuing:
            if len(self.continuing) <= self.rules.seats - len(self.elected):
                self._elect_the_rest()
            elif self.surpluses:
                self._move_surplus()
            else:
                self._exclude()
        winners = tuple(self.ballots.names[at] for at in self.elected)
        return Result("stv", winners, numbered(self.log), self.ballots.total, "" if winners else "nobody")

    def _give(self, paper: _Paper, to: int) -> None:
        self.papers[to].append(paper)
        self.votes[to] += paper.count * paper.value

    def _note(self, what: str, facts: dict[str, Any]) -> None:
        """Write down the stage, and who has reached the quota by it."""
        reached = [at for at in self.continuing if self.votes[at] >= self.quota]
        ordered = self._by_votes(reached)[: self.rules.seats - len(self.elected)]
        for at in ordered:
            self.continuing.remove(at)
            self.elected.append(at)
            if self.votes[at] > self.quota:
                self.surpluses.append(at)
        names = self.ballots.names
        self.log.append(
            {
                "what": what,
                **facts,
                "votes": {names[at]: _decimal(self.votes[at]) for at in self.ballots.running()},
                "not_transferable": _decimal(self.lost),
                "elected": [names[at] for at in ordered],
            }
        )
        self.earlier.append(list(self.votes))

    def _by_votes(self, some: list[int]) -> list[int]:
        left, ordered = list(some), []
        while left:
            most = max(self.votes[at] for at in left)
            first, _how = self.ties.first([at for at in left if self.votes[at] == most], self.earlier, highest=True)
            left.remove(first)
            ordered.append(first)
        return ordered

    def _move_surplus(self) -> None:
        most = max(self.votes[at] for at in self.surpluses)
        tied = [at for at in self.surpluses if self.votes[at] == most]
        chosen, how = self.ties.first(tied, self.earlier, highest=True)
        self.surpluses.remove(chosen)
        surplus, whole = self.votes[chosen] - self.quota, self.votes[chosen]
        for paper in self.papers[chosen]:
            paper.value = paper.value * surplus // whole
        moved = self._move_on(chosen)
        self.lost += surplus - moved
        self.votes[chosen] = self.quota
        facts = {"of": self.ballots.names[chosen], "surplus": _decimal(surplus), **self._tie(tied, how)}
        self._note("surplus", facts)

    def _exclude(self) -> None:
        least = min(self.votes[at] for at in self.continuing)
        tied = [at for at in self.continuing if self.votes[at] == least]
        chosen, how = self.ties.first(tied, self.earlier, highest=False)
        self.continuing.remove(chosen)
        moved = self._move_on(chosen)
        self.lost += self.votes[chosen] - moved
        self.votes[chosen] = 0
        self._note("exclusion", {"of": self.ballots.names[chosen], **self._tie(tied, how)})

    def _move_on(self, chosen: int) -> int:
        """Give each paper to its next preference still in the count; the value that found one."""
        moved = 0
        for paper in self.papers.pop(chosen):
            following = range(paper.at + 1, len(paper.order))
            found = next((place for place in following if paper.order[place] in self.continuing), None)
            if found is not None:
                paper.at = found
                moved += paper.count * paper.value
                self._give(paper, paper.order[found])
        return moved

    def _elect_the_rest(self) -> None:
        ordered = self._by_votes(self.continuing)
        self.elected += ordered
        self.continuing = []
        self.log.append({"what": "last seats", "elected": [self.ballots.names[at] for at in ordered]})

    def _tie(self, tied: list[int], how: str) -> dict[str, Any]:
        return {"tied": [self.ballots.names[at] for at in tied], "tie_by": how} if len(tied) > 1 else {}


def stv(ballots: Ranked, rules: Beforehand) -> Result:
    """Elect `rules.seats` in proportion. Raises ValueError where ranks are equal."""
    return _Count(ballots, rules).run()


def _decimal(units: int) -> float:
    return round(units / UNIT, 5)
