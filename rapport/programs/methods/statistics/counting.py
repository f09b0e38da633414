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
    while there are any, an attendance is "at least so many".
    """

    element: Element
    value: int
    keys: tuple[str, ...]
    lacking: tuple[str, ...] = ()

    @property
    def is_whole(self) -> bool:
        return not self.lacking


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
        views = sum(sum(one.views.values()) for one in recordings if one.views is not None)
        lacking = tuple(one.key for one in recordings if one.views is None)
        return Figure(element, views, tuple(one.key for one in recordings), lacking)
    mine = [one for one in sessions if element.audience in {None, one.audience}]
    if element.what is What.SESSIONS:
        mine = [one for one in mine if element.place in {None, one.place}]
        return Figure(element, len(mine), tuple(one.key for one in mine))
    mine = [one for one in mine if _attended_there(one, element.place)]
    value = sum(_attendance(one, element.place) for one in mine)
    return Figure(element, value, tuple(one.key for one in mine), tuple(one.key for one in mine if not one.was_counted))


def _attended_there(one: Happening, place: Place | None) -> bool:
    """Whether a session can have attendance of this kind: from afar also where it was a hybrid."""
    if place is Place.NOWHERE:
        return one.place is Place.NOWHERE or one.online is not None
    return place in {None, one.place}


def _attendance(one: Happening, place: Place | None) -> int:
    if place is None:
        return one.attendance
    return (one.online if place is Place.NOWHERE else one.in_person) or 0
