"""The list for the door: who has a place at this date, who is there, and who just came."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core import signing
from django.db.models import Q, Sum
from django.urls import reverse
from django.utils import timezone

from rapport.programs.models import Arrival, Attendee, Band, Seat, Seating, Session, WalkIn

_DOOR = "rapport.programs.door"
_OPEN_BEFORE, _OPEN_AFTER = 60 * 60, 2 * 60 * 60  # seconds around a date in which people say that they are there


@dataclass(frozen=True)
class Line:
    attendee: Attendee
    is_here: bool
    household: str  # who registered, where that is somebody else
    heads: int


@dataclass(frozen=True)
class Roster:
    lines: Sequence[Line]
    walk_ins: dict[str, int]
    nameless: int  # heads on registrations that named fewer people than come

    @property
    def here(self) -> int:
        return sum(line.is_here for line in self.lines)

    @property
    def all(self) -> int:
        """Everybody who is there."""
        return self.here + sum(self.walk_ins.values())


def seats_at(session: Session) -> Any:
    """Places of this date, or of its whole series."""
    of_series = Q(seating__series=session.series_id) if session.series_id else Q(pk=None)
    return Seat.objects.coming().filter(Q(seating__session=session) | of_series)


def roster_of(session: Session) -> Roster:
    """Four queries, however many are on the list."""
    seats = list(seats_at(session).select_related("registration").prefetch_related("registration__attendees"))
    here = set(Arrival.objects.filter(session=session).values_list("attendee", flat=True))
    lines = [
        Line(one, one.pk in here, _contact(seat, one), seat.heads)
        for seat in seats
        for one in seat.registration.attendees.all()
    ]
    lines.sort(key=lambda line: (line.attendee.name.casefold(), line.attendee.pk))
    nameless = sum(max(0, seat.heads - len(seat.registration.attendees.all())) for seat in seats)
    return Roster(lines, walk_ins_of(session), nameless)


def _contact(seat: Seat, attendee: Attendee) -> str:
    return seat.registration.name if seat.registration.name != attendee.name else ""


def walk_ins_of(session: Session) -> dict[str, int]:
    rows = WalkIn.objects.filter(session=session).order_by().values_list("band").annotate(n=Sum("heads"))
    return {band: max(0, n) for band, n in rows}


def attendees_at(session: Session) -> dict[int, Attendee]:
    rows = Attendee.objects.filter(registration__seats__in=seats_at(session))
    return {one.pk: one for one in rows}


def heads_noted(session: Session) -> dict[str, int]:
    """What the door noted, by band: where the count begins. Nothing where nobody stood at the door."""
    heads: Counter[str] = Counter({band: n for band, n in walk_ins_of(session).items() if n})
    for arrival in Arrival.objects.filter(session=session).select_related("attendee"):
        heads[arrival.attendee.band or Band.GENERAL] += 1
    return dict(heads)


def places_for_walk_ins(session: Session) -> int | None:
    """How many more may just come in: those who registered keep their places. None where places are not counted."""
    seating = Seating.objects.filter(session=session).first()
    seating = seating or (Seating.objects.filter(series=session.series_id).first() if session.series_id else None)
    if seating is None:
        return None
    return max(0, seating.capacity - seating.taken - sum(walk_ins_of(session).values()))


def door_code(session: Session) -> str:
    """Stands on the poster at the door; whoever reads it there can say that they have come."""
    return signing.Signer(salt=_DOOR).signature(str(session.pk))[:12]


def door_address(session: Session) -> str:
    return settings.HOUSE.address + reverse("programs:here", args=[session.pk, door_code(session)])


def is_door_open(session: Session) -> bool:
    now = timezone.now()
    begins, ends = session.starts_at, session.ends_at
    return (begins - now).total_seconds() < _OPEN_BEFORE and (now - ends).total_seconds() < _OPEN_AFTER
