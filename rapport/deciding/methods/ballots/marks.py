"""Ballots on which each option gets a mark of its own: approval, scores, dots, times that suit."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .result import Beforehand, Log, Result, Ties, numbered

YES, IF_NEED_BE = 2, 1


@dataclass(frozen=True)
class Marks:
    """`ballots` give for each voter the mark of options by position; what is left out was left blank."""

    names: tuple[str, ...]
    ballots: tuple[tuple[Mapping[int, int], int], ...]

    @classmethod
    def of(cls, ballots: Iterable[Mapping[str, int]], names: Sequence[str] = ()) -> "Marks":
        """By name; without `names`, the options are those that are marked, in alphabetical order."""
        given = list(ballots)
        known = tuple(names) or tuple(sorted({name for ballot in given for name in ballot}))
        position = {name: at for at, name in enumerate(known)}
        return cls(known, tuple(({position[name]: mark for name, mark in one.items()}, 1) for one in given))

    @property
    def total(self) -> int:
        return sum(count for _marks, count in self.ballots)

    def sums(self) -> list[int]:
        return self._added(lambda mark: mark)

    def having(self, *marks: int) -> list[int]:
        """How many gave each option one of these marks."""
        return self._added(lambda mark: int(mark in marks))

    def _added(self, worth: Any) -> list[int]:
        sums = [0] * len(self.names)
        for ballot, count in self.ballots:
            for at, mark in ballot.items():
                sums[at] += count * worth(mark)
        return sums


def approval(marks: Marks, rules: Beforehand) -> Result:
    """The options that most approve of (a mark of 1 or more). Ties: the lot."""
    for ballot, _count in marks.ballots:
        _in_range(marks, ballot, 0, 1)
    return _first("approval", marks, rules, [("approvals", marks.sums())])


def score(marks: Marks, rules: Beforehand) -> Result:
    """The options with the highest sum of scores, 0 to `rules.most` (5). Ties: more of the highest, then the lot."""
    most = rules.most or 5
    for ballot, _count in marks.ballots:
        _in_range(marks, ballot, 0, most)
    return _first("score", marks, rules, [("scores", marks.sums()), ("highest scores", marks.having(most))])


def dots(marks: Marks, rules: Beforehand) -> Result:
    """The options with the most dots; each voter has `rules.most` (5). Ties: more voters, then the lot."""
    most = rules.most or 5
    for number, (ballot, _count) in enumerate(marks.ballots, 1):
        _in_range(marks, ballot, 0, most)
        if sum(ballot.values()) > most:
            raise ValueError(f"ballot {number} has {sum(ballot.values())} dots, more than {most}")
    return _first("dots", marks, rules, [("dots", marks.sums()), ("voters", marks.having(*range(1, most + 1)))])


def times(marks: Marks, rules: Beforehand) -> Result:
    """The times at which most can come: 2 yes, 1 if need be, 0 no. Ties: more who say yes, then the first listed."""
    for ballot, _count in marks.ballots:
        _in_range(marks, ballot, 0, YES)
    can = ("can come", marks.having(YES, IF_NEED_BE))
    listed = ("listed first", [-at for at in range(len(marks.names))])
    return _first("times", marks, rules, [can, ("yes", marks.having(YES)), listed])


def _in_range(marks: Marks, ballot: Mapping[int, int], least: int, most: int) -> None:
    for at, mark in ballot.items():
        if not least <= mark <= most:
            raise ValueError(f"{marks.names[at]}: {mark} is not between {least} and {most}")


def _first(method: str, marks: Marks, rules: Beforehand, orders: list[tuple[str, list[int]]]) -> Result:
    """Elect the first by these figures, one after the other. An option that nobody marked is not elected."""
    ties, left = Ties(marks.names, rules.seed), [at for at, sum_ in enumerate(orders[0][1]) if sum_ > 0]
    shown = {what: dict(zip(marks.names, figures, strict=True)) for what, figures in orders if what != "listed first"}
    log: Log = [{"what": "counted", **shown}]
    winners: list[str] = []
    while left and len(winners) < rules.seats:
        best, by = list(left), ""
        for what, figures in orders:
            tied = best
            highest = max(figures[at] for at in tied)
            best = [at for at in tied if figures[at] == highest]
            by = what if len(best) < len(tied) else by
            if len(best) == 1:
                break
        chosen = ties.lot(best)
        first = orders[0][1][chosen]
        equal = [marks.names[at] for at in left if orders[0][1][at] == first]
        tie = {"tied": equal, "tie_by": "lot" if len(best) > 1 else by} if len(equal) > 1 else {}
        left.remove(chosen)
        winners.append(marks.names[chosen])
        log.append({"what": "elected", "elected": marks.names[chosen], **tie})
    return Result(method, tuple(winners), numbered(log), marks.total, "" if winners else "nobody")
