"""What of a map is shown, and to whom: shares in steps of five for everybody, exact counts for staff.

See docs/decisions/what-a-map-shows.md for why it is so.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from rapport.deciding.models import Statement
from rapport.deciding.opinions.snapshot import Place, Snapshot
from rapport.lib.publishing import published

LETTERS = "ABCDE"
_STEP = 5
_LISTED = 6  # of what is agreed on and what divides; all stand in the table
WHY = {
    "few": gettext_lazy("There are no groups to show: too few people have voted on enough statements."),
    "chance": gettext_lazy("There are no groups: people differ no more than chance would have it."),
    "unstable": gettext_lazy("There are no groups to rely on: other statements would have given others."),
}


@dataclass(frozen=True)
class Shares:
    """How some people voted on a statement, in percent; `seen` is how many, only where it may be told."""

    whom: str
    agree: int
    disagree: int
    passed: int
    seen: int
    is_exact: bool

    @property
    def words(self) -> str:
        told = {"agree": _told(self.agree, self.is_exact), "disagree": _told(self.disagree, self.is_exact),
                "passed": _told(self.passed, self.is_exact)}  # fmt: skip
        return _("%(agree)s agree, %(disagree)s disagree, %(passed)s pass") % told

    @property
    def agree_words(self) -> str:
        return _told(self.agree, self.is_exact)

    @property
    def disagree_words(self) -> str:
        return _told(self.disagree, self.is_exact)

    @property
    def passed_words(self) -> str:
        return _told(self.passed, self.is_exact)

    @property
    def disagree_from(self) -> int:
        return 100 - self.disagree


def _told(percent: int, is_exact: bool) -> str:
    """Never “all” and never “nobody”: that would say how each single one voted."""
    if not is_exact and percent >= 100 - _STEP:
        return _("%(n)s %% or more") % {"n": 100 - _STEP}
    if not is_exact and percent <= _STEP:
        return _("%(n)s %% or less") % {"n": _STEP}
    return _("%(n)s %%") % {"n": percent}


@dataclass(frozen=True)
class Line:
    """One statement with how everybody, and each group, voted on it."""

    statement: Statement
    side: str
    whole: Shares | None
    groups: list[Shares | None]

    @property
    def all_shares(self) -> list[Shares]:
        return [shares for shares in (self.whole, *self.groups) if shares]


@dataclass(frozen=True)
class Group:
    letter: str
    name: str
    people: str
    outline: dict[str, Any]
    telling: list[Line]


@dataclass(frozen=True)
class Shown:
    people: int
    votes: int
    missing: int  # people before there is a map
    groups: list[Group]
    why: str
    agreed: list[Line]
    divides: list[Line]
    lines: list[Line]
    everybody: dict[str, Any]

    @property
    def is_drawn(self) -> bool:
        return not self.missing


def shown(snap: Snapshot, *, exact: bool = False) -> Shown:
    drawing, fewest = snap.drawing, settings.HOUSE.threshold
    people = drawing.people if drawing else 0
    drawn, missing = snap.drawn, max(0, fewest - people)
    if not drawn or (missing and not exact):
        return Shown(people, drawing.votes if drawing else 0, max(1, missing), [], "", [], [], [], {})
    lines = {line.statement.number: line for line in _lines(snap, exact)}
    answer = drawn["answer"]

    def told(found: Iterable[dict[str, Any]]) -> list[Line]:
        known = [(lines[int(one["id"])], one["side"]) for one in found if int(one["id"]) in lines]
        return [Line(one.statement, side, one.whole, one.groups) for one, side in known if one.whole]

    groups = [
        Group(LETTERS[at], group_name(at), _about(one["n"], exact), drawn["outlines"][at], told(one["statements"]))
        for at, one in enumerate(answer["groups"])
    ]
    return Shown(
        people=people,
        votes=drawing.votes if drawing else 0,
        missing=0,
        groups=groups,
        why=str(WHY.get(answer["why_no_groups"], "")),
        agreed=told(answer["consensus"])[:_LISTED],
        divides=told(answer["divides"])[:_LISTED],
        lines=list(lines.values()),
        everybody=drawn["everybody"],
    )


def group_name(at: int) -> str:
    return _("Group %(letter)s") % {"letter": LETTERS[at]}


def _about(people: int, exact: bool) -> str:
    n = people if exact else round(people / _STEP) * _STEP
    if exact:
        return ngettext("%(n)s person", "%(n)s people", n) % {"n": n}
    return _("about %(n)s people") % {"n": n}


def _lines(snap: Snapshot, exact: bool) -> list[Line]:
    drawn, found = snap.drawn, []
    for statement in snap.statements:
        name = str(statement.number)
        whole = shares(_("Everybody"), drawn["counts"].get(name), exact)
        groups = [shares(group_name(at), one.get(name), exact) for at, one in enumerate(drawn["by_group"])]
        found.append(Line(statement, "", whole, groups if whole else []))
    return found


def shares(whom: str, counts: list[int] | None, exact: bool) -> Shares | None:
    """Nothing where fewer people voted than may be told of."""
    seen = sum(counts or [])
    if not counts or not seen or (published(seen).number is None and not exact):
        return None
    step = 1 if exact else _STEP
    agree, disagree = (round(100 * counts[at] / seen / step) * step for at in (0, 1))
    agree = min(agree, 100 - disagree)
    return Shares(whom, agree, disagree, 100 - agree - disagree, seen if exact else 0, exact)


@dataclass(frozen=True)
class Spot:
    x: float
    y: float


def spots(place: Place | None) -> Spot | None:
    return Spot(round(200 + 170 * place.x, 1), round(200 - 170 * place.y, 1)) if place else None


def ellipses(found: Shown, reach: float) -> list[dict[str, Any]]:
    """The outlines as they stand in the picture."""
    drawn = [(group.letter, at, group.outline) for at, group in enumerate(found.groups, 1)]
    if not drawn:
        drawn = [("", 0, found.everybody)]
    return [
        {
            "letter": letter,
            "at": at,
            "x": round(200 + 170 * one["x"] / reach, 1),
            "y": round(200 - 170 * one["y"] / reach, 1),
            "long": round(max(22.0, 170 * one["long"] / reach), 1),
            "short": round(max(22.0, 170 * one["short"] / reach), 1),
            "lean": -one["lean"],
        }
        for letter, at, one in drawn
        if "x" in one
    ]
