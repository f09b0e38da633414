"""Count the elements of a set over a period, so that each figure can be opened to what it was counted from."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .elements import Element, ElementSet, What
from .happenings import Happening, Place, Recording

One = Happening | Recording


@dataclass(frozen=True)
class Figure:
    """An element's value. `keys` are the happenings that it counts, `lacking` those among them that nobody counted:
    while there are any, an attendance is "at least so many". `estimated` are those whose number is an estimate.
    """

    element: Element
    value: int
    keys: tuple[str, ...]
    lacking: tuple[str, ...] = ()
    estimated: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.lacking

    @property
    def mark(self) -> str:
        """As the form marks it: CT, a count of the year, or ES, an estimate (at least in part)."""
        return "ES" if self.estimated else "CT"


@dataclass(frozen=True)
class CrossFoot:
    """A total beside the sum of its parts: two independent checks of sessions, and two of attendance."""

    total: str
    parts: tuple[str, ...]
    is_right: bool


def counted(
    elements: ElementSet,
    happenings: Iterable[Happening],
    recordings: Iterable[Recording] = (),
    *,
    first: date,
    last: date,
) -> tuple[dict[str, Figure], list[CrossFoot]]:
    """Every element of the set from `first` to `last`, both included, and its cross-foots.

    A session counts once, by whom it was for first and by where people could be in person (a hybrid one is never
    virtual); its attendance by how each person attended. Views are those of 30 days, also past the end of the period.
    Raises ValueError where `last` lies before `first`.
    """
    if last < first:
        raise ValueError("the period ends before it begins")
    sessions = [one for one in happenings if one.is_session and first <= one.day <= last]
    posted = [one for one in recordings if first <= one.posted <= last]
    figures = {one.name: _figure(one, sessions, posted) for one in elements.elements}
    feet = [
        CrossFoot(total, parts, figures[total].value == sum(figures[part].value for part in parts))
        for total, parts in elements.sums
    ]
    return figures, feet


def _figure(element: Element, sessions: list[Happening], recordings: list[Recording]) -> Figure:
    if element.what is What.RECORDINGS:
        return Figure(element, len(recordings), tuple(one.key for one in recordings))
    if element.what is What.VIEWS:
        lacking = tuple(one.key for one in recordings if not one.was_counted)
        return Figure(element, sum(one.seen for one in recordings), tuple(one.key for one in recordings), lacking)
    mine = [one for one in sessions if element.audience in {None, one.audience}]
    if element.what is What.SESSIONS:
        mine = [one for one in mine if element.place in {None, one.place}]
        return Figure(element, sum(one.times for one in mine), tuple(one.key for one in mine))
    mine = [one for one in mine if _attended_there(one, element.place)]
    return Figure(
        element,
        value=sum(_attendance(one, element.place) for one in mine),
        keys=tuple(one.key for one in mine),
        lacking=tuple(one.key for one in mine if _lacks(one, element.place)),
        estimated=tuple(one.key for one in mine if one.is_estimate),
    )


def _attended_there(one: Happening, place: Place | None) -> bool:
    """Whether a session can have attendance of this kind: from afar also where it was a hybrid."""
    if place is Place.NOWHERE:
        return one.place is Place.NOWHERE or one.is_hybrid or one.online is not None
    return place in {None, one.place}


def _lacks(one: Happening, place: Place | None) -> bool:
    if place is None:
        return not one.was_counted
    return one.lacks_online if place is Place.NOWHERE else one.lacks_room


def _attendance(one: Happening, place: Place | None) -> int:
    if place is None:
        return one.attendance
    return (one.online if place is Place.NOWHERE else one.in_person) or 0
