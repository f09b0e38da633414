"""From votes to the map: where everybody stands, which groups there are if any, and what the statements show."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from threadpoolctl import threadpool_limits

from .doubt import Doubt, Halves, clearness, sample
from .groups import Grouping, find_groups
from .routing import priorities
from .space import Space, find_space
from .statements import Tally, Telling, agreed, dividing, representative
from .votes import Floats, Ints, Votes

_ENOUGH_VOTES = 7  # as Polis: with fewer, somebody has a point on the map but is put in no group
_NO_GROUP = -1

Why = Literal["", "few", "chance", "unstable"]


@dataclass(frozen=True)
class Group:
    size: int
    telling: tuple[Telling, ...]
    centre: tuple[float, float]


@dataclass(frozen=True)
class Placed:
    x: float
    y: float
    group: int | None


@dataclass(frozen=True)
class OpinionMap:
    """`points` (participants, 2); `group_of` (participants,) with -1 for none; `odds` (statements,) for routing.py.

    `why_no_groups` is "few" (people, or groups too small to show), "chance" (not clearer than chance), "unstable"
    (other statements would give other groups), or "" where groups are shown.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    space: Space
    points: Floats
    group_of: Ints
    groups: tuple[Group, ...]
    consensus: tuple[Telling, ...]
    divides: tuple[Telling, ...]
    odds: Floats
    doubt: Doubt
    silhouette: float
    why_no_groups: Why

    @property
    def clear(self) -> bool:
        return self.doubt.is_clear

    @property
    def stable(self) -> bool:
        return self.doubt.is_stable

    def place(self, votes: Mapping[str, int]) -> Placed:
        """Where a person with these votes would stand, and in which group; unknown statements are ignored."""
        known = {name: at for at, name in enumerate(self.statements) if name in votes}
        columns = np.array(list(known.values()), dtype=np.intp)
        x, y = self.space.place_one(columns, np.array([votes[name] for name in known], dtype=np.float64))
        is_grouped = self.groups and len(known) >= min(_ENOUGH_VOTES, len(self.statements))
        apart = [np.hypot(x - group.centre[0], y - group.centre[1]) for group in self.groups]
        return Placed(float(x), float(y), int(np.argmin(apart)) if is_grouped else None)

    def as_json(self, texts: Mapping[str, str] | None = None) -> dict[str, Any]:
        """Plain dicts, lists and numbers. `texts` gives the words of statements by their id."""
        words = texts or {}
        people = zip(self.participants, self.points.round(6).tolist(), self.group_of.tolist(), strict=True)
        return {
            "participants": [
                {"id": name, "x": x, "y": y, "group": None if group == _NO_GROUP else group}
                for name, (x, y), group in people
            ],
            "groups": [
                {"id": at, "n": group.size, "statements": [one.as_json(words) for one in group.telling]}
                for at, group in enumerate(self.groups)
            ],
            "consensus": [one.as_json(words) for one in self.consensus],
            "divides": [one.as_json(words) for one in self.divides],
            "clear": self.clear,
            "stable": self.stable,
            "clearness": round(self.doubt.clearness, 2),
            "stability": round(self.doubt.stability, 3),
            "silhouette": round(self.silhouette, 3),
            "variance": [round(float(share), 4) for share in self.space.shares],
            "why_no_groups": self.why_no_groups or None,
        }


def draw_map(
    votes: Votes,
    moderated_out: Collection[str] = (),
    *,
    k: int | None = None,
    fewest: int = 5,
    seed: int = 0,
    compat: bool = False,
    anyway: bool = False,
) -> OpinionMap:
    """The opinion map of these votes.

    Statements that were moderated out do not count; with `compat` they count as Polis has it, as if everybody had
    passed on them. A group of less than `fewest` people is never made. Groups are given only if they are clearer than
    chance and stable (doubt.py); `anyway` gives them all the same, for experts and for comparison.
    Raises ValueError where there is no vote.
    """
    if not len(votes.vote):
        raise ValueError("there are no votes")
    # One thread sums in one order: the same votes give the same map. For products so small it is also faster.
    with threadpool_limits(limits=1):
        return _drawn(votes, moderated_out, k=k, fewest=fewest, seed=seed, compat=compat, anyway=anyway)


def _drawn(
    votes: Votes, moderated_out: Collection[str], *, k: int | None, fewest: int, seed: int, compat: bool, anyway: bool
) -> OpinionMap:
    out = np.isin(np.array(votes.statements, dtype=np.str_), list(moderated_out))
    kept = votes.only(~out)
    width = len(out) if compat else int((~out).sum())
    space = find_space(kept, width, int(out.sum()) if compat else 0)
    points = space.place(kept)
    may_be_grouped = np.flatnonzero((votes if compat else kept).counts >= min(_ENOUGH_VOTES, width))
    groupings = find_groups(points[may_be_grouped], fewest, k, seed)
    found, doubt = _most_trusted(kept.of_people(may_be_grouped), groupings, seed)
    why = _why_not(found, doubt)
    if why and not anyway:
        found = None
    group_of = np.full(len(votes.participants), _NO_GROUP)
    if found:
        group_of[may_be_grouped] = found.group_of
    return _described(kept, space, points, _Shown(group_of, found, doubt, why))


def _most_trusted(votes: Votes, groupings: list[Grouping], seed: int) -> tuple[Grouping | None, Doubt]:
    """The clearest grouping that is stable, or else the clearest."""
    if not groupings:
        return None, Doubt(0.0, 0.0)
    few = sample(votes, seed)
    clear, halves = clearness(few, seed), Halves.of(few, seed)
    judged: list[tuple[Grouping, Doubt]] = []
    for grouping in groupings:
        judged.append((grouping, Doubt(clear, halves.stability(len(grouping.centres)))))
        if judged[-1][1].is_stable:
            return judged[-1]
    return judged[0]


def _why_not(found: Grouping | None, doubt: Doubt) -> Why:
    if found is None:
        return "few"
    if not doubt.is_clear:
        return "chance"
    return "" if doubt.is_stable else "unstable"


@dataclass(frozen=True)
class _Shown:
    group_of: Ints
    grouping: Grouping | None
    doubt: Doubt
    why_not: Why


def _described(votes: Votes, space: Space, points: Floats, shown: _Shown) -> OpinionMap:
    names = list(votes.statements)
    centres = shown.grouping.centres if shown.grouping else np.empty((0, 2))
    counted = Tally.with_others(votes, shown.group_of, len(centres))
    everybody = counted.whole()
    tally = counted.groups_only() if shown.grouping else everybody
    sizes = np.bincount(shown.group_of[shown.group_of >= 0], minlength=len(centres))
    return OpinionMap(
        participants=tuple(votes.participants),
        statements=tuple(names),
        space=space,
        points=points,
        group_of=shown.group_of,
        groups=tuple(
            Group(int(sizes[at]), representative(tally, at, names), (float(x), float(y)))
            for at, (x, y) in enumerate(centres)
        ),
        consensus=agreed(tally, names),
        divides=dividing(tally, names),
        odds=priorities(everybody, space.extremity()),
        doubt=shown.doubt,
        silhouette=shown.grouping.silhouette if shown.grouping else 0.0,
        why_no_groups=shown.why_not,
    )
