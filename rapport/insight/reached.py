"""Whom the library reached, step by step: asked, answered, suggested, supported, voted, registered, attended, served...

Areas add their step in `hooks.py`: `reached.add(Reached(name="voted", label=_("Voted"), order=50, counts=...))`. What a
count says of people is only what they said of themselves, by the bands of the community's profile. `PLACE` is the one
dimension that needs no question: the branch that somebody spoke of, or came to.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from rapport.lib.registry import Registry

PLACE = "place"


@dataclass(frozen=True)
class Count:
    """So many in this band, at this branch (None: of the house as a whole), in the month that begins on this day.

    A band that people could have said and nobody did is a count of 0; one without a count was never asked for.
    """

    dimension: str
    band: str
    n: int
    branch: int | None
    month: date
    channel: str = ""  # by which way they came, where that is known


@dataclass(frozen=True)
class Open:
    """Something that people can still take part in, and who has so far, by dimension and band."""

    thing: str  # as in loop.things: "surveys.survey"
    key: int
    title: Mapping[str, str]  # in all its languages: it is kept, and read by others than who looks
    branch: int | None
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Reached:
    """One step. `counts` is asked for what came from one day to another; `open_now` for what is going on."""

    name: str
    label: str | Promise
    order: int
    counts: Callable[[date, date], Iterable[Count]]
    open_now: Callable[[], Iterable[Open]] = tuple
    counts_people: bool = True  # else things, of which small numbers give nobody away


reached: Registry[Reached] = Registry("insight.reached", key=lambda one: one.name)


def in_order() -> list[Reached]:
    return sorted(reached, key=lambda one: one.order)
