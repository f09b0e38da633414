"""What the votes say about each statement: what stands for a group, what everybody agrees on, what divides.

Group-informed consensus and representative statements are those of Polis (Small et al. 2021). Shares are smoothed with
one vote for and one against, so that three votes of three do not outdo ninety of a hundred.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from .votes import AGREE, DISAGREE, Floats, Ints, Votes

Side = Literal["agree", "disagree"]
SIDES: tuple[Side, Side] = ("agree", "disagree")

_SURE = 1.2816  # one-sided 90 %, as Polis
_MOST_TELLING = 5
_MOST_LISTED = 10
_HALF = 0.5


@dataclass(frozen=True)
class Tally:
    """Votes by group and statement, each (groups, statements); `seen` counts passes too."""

    agree: Floats
    disagree: Floats
    seen: Floats

    @classmethod
    def of(cls, votes: Votes, group_of: Ints, groups: int) -> "Tally":
        """Those whose group is -1 are left out."""
        return cls.with_others(votes, group_of, groups).groups_only()

    @classmethod
    def with_others(cls, votes: Votes, group_of: Ints, groups: int) -> "Tally":
        """As `of`, with one more row at the end for those in no group."""
        width = len(votes.statements)
        first_cell = np.where(group_of < 0, groups, group_of) * width
        cell = (np.repeat(first_cell, votes.counts) + votes.column) * 3 + votes.vote + 1
        counts = np.bincount(cell, minlength=(groups + 1) * width * 3).reshape(groups + 1, width, 3).astype(np.float64)
        return cls(counts[:, :, 1 + AGREE], counts[:, :, 1 + DISAGREE], counts.sum(axis=2))

    def groups_only(self) -> "Tally":
        """Without the last row."""
        return Tally(self.agree[:-1], self.disagree[:-1], self.seen[:-1])

    def whole(self) -> "Tally":
        """All groups together, as one."""
        return Tally(*(one.sum(axis=0, keepdims=True) for one in (self.agree, self.disagree, self.seen)))

    def share(self, side: Side) -> Floats:
        """The smoothed share of each group that took this side: (groups, statements)."""
        shares: Floats = (self.side(side) + 1) / (self.seen + 2)
        return shares

    def side(self, side: Side) -> Floats:
        return self.agree if side == "agree" else self.disagree


@dataclass(frozen=True)
class Telling:
    """One statement, the side that was taken, by how many of those who saw it, and by which share elsewhere."""

    statement: str
    side: Side
    count: int
    seen: int
    share: float  # smoothed
    elsewhere: float | None = None  # smoothed share of those outside the group
    weight: float = 0.0  # what it is ordered by

    def as_json(self, texts: Mapping[str, str]) -> dict[str, Any]:
        said = {"text": texts[self.statement]} if self.statement in texts else {}
        beside = {} if self.elsewhere is None else {"elsewhere": round(self.elsewhere, 4)}
        facts = {"id": self.statement, **said, "side": self.side, "count": self.count, "seen": self.seen}
        return {**facts, "share": round(self.share, 4), **beside, "weight": round(self.weight, 4)}


def group_informed_consensus(tally: Tally, side: Side) -> Floats:
    """The product over the groups of the share that took this side: (statements,). One group alone can say no."""
    product: Floats = tally.share(side).prod(axis=0)
    return product


def representative(tally: Tally, group: int, names: list[str]) -> tuple[Telling, ...]:
    """Up to five statements on which the group is of one mind and unlike the others, the most telling first.

    Polis puts one statement first that the group agrees with; here the order is by weight alone.
    """
    whole = tally.whole()
    mine = Tally(tally.agree[[group]], tally.disagree[[group]], tally.seen[[group]])
    rest = Tally(whole.agree - mine.agree, whole.disagree - mine.disagree, whole.seen - mine.seen)
    weighed = {side: _weighed(mine, rest, side) for side in SIDES}
    is_for = weighed["agree"].unlike > weighed["disagree"].unlike
    found = []
    for side, chosen in zip(SIDES, (is_for, ~is_for), strict=True):
        one = weighed[side]
        sure = np.flatnonzero(chosen & (one.alone > _SURE) & (one.unlike > _SURE))
        found += [_telling(mine, i, side, one.weight[i], names, rest=rest) for i in sure.tolist()]
    return tuple(sorted(found, key=lambda one: -one.weight)[:_MOST_TELLING])


@dataclass(frozen=True)
class _Weighed:
    alone: Floats  # z of being more than half
    unlike: Floats  # z of being more than elsewhere
    weight: Floats


def _weighed(mine: Tally, rest: Tally, side: Side) -> _Weighed:
    took, others = mine.side(side)[0], rest.side(side)[0]
    alone = more_than_half(took, mine.seen[0])
    unlike = _more_than_others(took + 1, mine.seen[0] + 1, others + 1, rest.seen[0] + 1)
    share, elsewhere = mine.share(side)[0], rest.share(side)[0]
    return _Weighed(alone, unlike, share / elsewhere * unlike * share * alone)


def more_than_half(took: Floats, seen: Floats) -> Floats:
    """How many standard errors the share lies above one half, with one vote added."""
    z: Floats = 2 * np.sqrt(seen + 1) * ((took + 1) / (seen + 1) - _HALF)
    return z


def _more_than_others(took: Floats, seen: Floats, others: Floats, others_seen: Floats) -> Floats:
    """The z of two proportions."""
    pooled = (took + others) / (seen + others_seen)
    error = np.sqrt(pooled * (1 - pooled) * (1 / seen + 1 / others_seen))
    z: Floats = np.where(error > 0, (took / seen - others / others_seen) / np.where(error > 0, error, 1), 0.0)
    return z


def _telling(
    mine: Tally, at: int, side: Side, weight: float, names: list[str], *, rest: Tally | None = None
) -> Telling:
    return Telling(
        statement=names[at],
        side=side,
        count=int(mine.side(side)[0, at]),
        seen=int(mine.seen[0, at]),
        share=float(mine.share(side)[0, at]),
        elsewhere=None if rest is None else float(rest.share(side)[0, at]),
        weight=float(weight),
    )


def agreed(tally: Tally, names: list[str]) -> tuple[Telling, ...]:
    """Up to ten statements on which most of every group take the same side, weighed by group-informed consensus."""
    whole, found = tally.whole(), []
    for side in SIDES:
        is_most = tally.share(side).min(axis=0) > _HALF
        sure = np.flatnonzero(is_most & (more_than_half(whole.side(side)[0], whole.seen[0]) > _SURE))
        weight = group_informed_consensus(tally, side)
        found += [_telling(whole, i, side, weight[i], names) for i in sure.tolist()]
    return tuple(sorted(found, key=lambda one: -one.weight)[:_MOST_LISTED])


def dividing(tally: Tally, names: list[str]) -> tuple[Telling, ...]:
    """Up to ten statements that divide, the most first.

    Between groups the weight is the widest gap between two groups' shares of agreement; within one group it is twice
    the smaller side's share, 1 where it is split in the middle and nobody passes.
    """
    whole = tally.whole()
    if len(tally.seen) > 1:
        weight = np.ptp(tally.share("agree"), axis=0)
        divides = _apart(tally) > _SURE
    else:
        weight = 2 * np.minimum(whole.share("agree"), whole.share("disagree"))[0]
        divides = np.minimum(whole.agree, whole.disagree)[0] > 1
    order = [i for i in np.argsort(-weight, kind="stable").tolist() if divides[i]][:_MOST_LISTED]
    larger: list[Side] = ["agree" if whole.agree[0, i] >= whole.disagree[0, i] else "disagree" for i in order]
    return tuple(_telling(whole, i, side, weight[i], names) for i, side in zip(order, larger, strict=True))


def _apart(tally: Tally) -> Floats:
    """The z of the difference between the group that agrees most with each statement and that which agrees least."""
    share, at = tally.share("agree"), np.arange(tally.seen.shape[1])
    most, least = share.argmax(axis=0), share.argmin(axis=0)
    agree, seen = tally.agree + 1, tally.seen + 1
    return _more_than_others(agree[most, at], seen[most, at], agree[least, at], seen[least, at])
